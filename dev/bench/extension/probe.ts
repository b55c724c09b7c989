/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- measures n8n's process from inside; for the bench only, never shipped */
import { readFileSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What n8n's process spent between two moments. */
export interface Spent {
	/** CPU of all its threads, garbage collection and compilation included, in milliseconds. */
	cpuMs: number;
	/** Memory of the process (RSS) when it began, after a garbage collection, in bytes. */
	memoryBefore: number;
	/** The most it was in between, in bytes. */
	memoryPeak: number;
}

interface Watch {
	cpu: NodeJS.CpuUsage;
	memory: number;
	profiler: Session | undefined;
}

const watches = new Map<string, Watch>();

/**
 * Begins to measure this process.
 *
 * @param key - tells measurements apart that run at the same time
 * @param profile - also note which code takes the time
 */
export function begin(key: string, profile: boolean): void {
	const profiler = profile ? startProfiler() : undefined;
	collectGarbage('regular');
	forgetPeak();
	watches.set(key, { cpu: process.cpuUsage(), memory: process.memoryUsage.rss(), profiler });
}

function startProfiler(): Session {
	const profiler = new Session();
	profiler.connect();
	profiler.post('Profiler.enable');
	profiler.post('Profiler.setSamplingInterval', { interval: 500 });
	profiler.post('Profiler.start');
	return profiler;
}

/**
 * Ends a measurement.
 *
 * @param profileFile - where to put the profile, if one was asked for
 */
export function end(key: string, profileFile: string): Spent {
	const watch = watches.get(key);
	if (!watch) throw new Error('Nothing is being measured: the workflow needs a Rows node');
	watches.delete(key);
	const { user, system } = process.cpuUsage(watch.cpu);
	const spent = {
		cpuMs: (user + system) / 1_000,
		memoryBefore: watch.memory,
		memoryPeak: Math.max(peak(), watch.memory),
	};
	watch.profiler?.post('Profiler.stop', (error, stopped) => {
		if (!error) writeFileSync(profileFile, JSON.stringify(stopped.profile));
	});
	watch.profiler?.disconnect();
	return spent;
}

/**
 * Gives back to the system what is not in use. Otherwise the garbage of n8n's start (some 300 MB) would take in what
 * a node needs, and the process would seem not to grow.
 */
export function releaseMemory(): void {
	collectGarbage('last-resort');
}

function collectGarbage(flavor: 'regular' | 'last-resort'): void {
	setFlagsFromString('--expose_gc');
	const gc = runInNewContext('gc') as (options: object) => void;
	gc({ type: 'major', execution: 'sync', flavor });
}

/** On Linux, the system's mark of the most memory starts anew; elsewhere it stays the most since the start. */
function forgetPeak(): void {
	try {
		writeFileSync('/proc/self/clear_refs', '5');
	} catch {
		// No such file: not Linux, or not allowed.
	}
}

function peak(): number {
	try {
		const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
		if (kilobytes !== undefined) return Number(kilobytes) * 1_024;
	} catch {
		// Not Linux.
	}
	return process.resourceUsage().maxRSS * 1_024;
}
