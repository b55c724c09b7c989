/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- measures n8n's process from inside; for the bench only, never shipped */
import { readFileSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

/** What the bench asks of n8n, as the body of its call to a workflow's webhook. */
export interface Order {
	/** Tells runs apart; part of the customers' IDs. */
	run: string;
	/** How many rows, one account each. */
	accounts: number;
	/** How many customers they belong to, in turn. */
	customers: number;
	/** Whether this run only warms n8n up: it also makes n8n give unused memory back to the system first. */
	warmUp: boolean;
	/** Where to put a CPU profile of the node; empty: none is made. */
	profile: string;
}

/** What n8n's process spent between {@link begin} and {@link end}. */
interface Spent {
	/** CPU of all its threads, garbage collection and compilation included, in milliseconds. */
	cpuMs: number;
	/** Memory of the process (RSS) when it began, after a garbage collection, in bytes. */
	memoryBefore: number;
	/** The most it was in between, in bytes. */
	memoryPeak: number;
}

/** What n8n answers: how the nodes between Rows and Stop Watch did. */
export interface Reading extends Spent {
	/** The nodes' wall time as n8n notes it in the execution (`executionTime`), in milliseconds. */
	milliseconds: number;
	/** Rows for which an account's ID came out; for each other one an error did, or nothing. */
	answered: number;
	/** The first error. */
	error?: string;
}

/** What n8n wants to know of a node that nobody sees. */
export function describeNode(
	name: string,
	properties: INodeProperties[] = [],
): INodeTypeDescription {
	return {
		displayName: name,
		name,
		group: ['transform'],
		version: 1,
		description: 'For the bench',
		defaults: { name },
		inputs: ['main'],
		outputs: ['main'],
		properties,
	};
}

let started: { cpu: NodeJS.CpuUsage; memory: number; profiler?: Session } | undefined;

/** Begins to measure this process; with `profile`, also which code takes the time. */
export function begin({ warmUp, profile }: Order): void {
	// The garbage of n8n's start (some 300 MB) would take in what a node needs: the process would seem not to grow.
	if (warmUp) collectGarbage('last-resort');
	const profiler = profile === '' ? undefined : startProfiler();
	collectGarbage('regular');
	forgetPeak();
	started = { cpu: process.cpuUsage(), memory: process.memoryUsage.rss(), profiler };
}

/** Ends what {@link begin} began. */
export function end({ profile }: Order): Spent {
	if (!started) throw new Error('Nothing is being measured: the workflow needs a Rows node');
	const { cpu, memory, profiler } = started;
	const { user, system } = process.cpuUsage(cpu);
	const memoryPeak = Math.max(peak(), memory);
	profiler?.post('Profiler.stop', (error, stopped) => {
		if (!error) writeFileSync(profile, JSON.stringify(stopped.profile));
	});
	profiler?.disconnect();
	return { cpuMs: (user + system) / 1_000, memoryBefore: memory, memoryPeak };
}

function startProfiler(): Session {
	const profiler = new Session();
	profiler.connect();
	profiler.post('Profiler.enable');
	profiler.post('Profiler.setSamplingInterval', { interval: 500 });
	profiler.post('Profiler.start');
	return profiler;
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
