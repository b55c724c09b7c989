/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/require-node-api-error -- this runs on a developer's machine, never inside n8n */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../until';
import { cacheFolder } from './cache';
import type { InstalledN8n, N8nVersion } from './install';
import { freePort, isPortFree } from './ports';
import { Problem } from './problem';
import { lastLines } from './run';

/** What {@link startN8n} needs. */
export interface StartOptions {
	installed: InstalledN8n;
	/** Where this n8n keeps its database, its key and its community nodes; made when it is not there. */
	userFolder: string;
	/** Default: any free one. */
	port?: number;
	/** More environment variables for n8n; they win over those that are set here. */
	env?: Record<string, string>;
	/** Which of n8n's commands: `start`, the default, or in queue mode `webhook` and `worker`. */
	command?: 'start' | 'webhook' | 'worker';
	/** Gets each line that n8n prints. */
	log?: (line: string) => void;
}

/** An n8n that is up and answers. */
export interface RunningN8n {
	url: string;
	/** Process ID of the group that n8n and its children run in. */
	pid: number;
	/** Settles when n8n ends, whoever ended it. */
	ended: Promise<void>;
	/** Ends n8n and everything it started; resolves when they are gone. */
	stop(): Promise<void>;
}

/** A first start creates the database, which takes a slow machine a while. */
const READY_WITHIN_MS = 180_000;
const STOP_WITHIN_MS = 8_000;
const LINES_KEPT = 200;

/**
 * Starts an n8n that listens on this machine only, calls no one outside it, and takes nothing from an n8n that the
 * user may have configured. It ends with {@link RunningN8n.stop}, and when this program ends in whatever way.
 *
 * @throws Problem when the port is taken, or n8n ends or stays silent instead of answering: with the end of its log
 */
export async function startN8n(options: StartOptions): Promise<RunningN8n> {
	const port = options.port ?? (await freePort());
	if (!(await isPortFree(port))) throw new Problem(`Port ${port} is in use by another program.`);
	await mkdir(options.userFolder, { recursive: true });

	const child = spawnKept(options, await environment(options, port));
	const lines = collectLines(child, options.log);
	const group = { child, pid: child.pid ?? 0, exited: exitOf(child) };
	const url = `http://localhost:${port}`;

	// The main process answers its editor's first question only when it is up; before, it says so in plain text.
	const readyPath =
		(options.command ?? 'start') === 'start' ? '/rest/settings' : '/healthz/readiness';
	let ended = false;
	const whenEnded = group.exited.then(() => {
		ended = true;
		// What n8n may have left behind: a task runner that did not notice.
		signal(group.pid, 'SIGKILL');
	});
	const ready = async () => {
		if (ended) throw new Error('it ended while it was starting');
		return await answers(`http://127.0.0.1:${port}${readyPath}`);
	};
	await until('an answer', ready, { withinMs: READY_WITHIN_MS }).catch(async (error: Error) => {
		await stop(group);
		const log = lastLines(lines.join('\n'), 25);
		throw new Problem(`n8n did not start: ${error.message}. The end of its log:\n${log}`);
	});
	return { url, pid: group.pid, ended: whenEnded, stop: () => stop(group) };
}

/** Starts n8n below the keeper (see keeper.ts), both in a process group of their own. */
function spawnKept(
	{ installed, userFolder, command }: StartOptions,
	env: NodeJS.ProcessEnv,
): ChildProcess {
	const keeper = ['--import', require.resolve('tsx'), join(__dirname, 'keeper.ts')];
	const n8n = [installed.node, installed.script, command ?? 'start'];
	return spawn(process.execPath, [...keeper, ...n8n], {
		cwd: userFolder,
		env,
		detached: true,
		stdio: ['pipe', 'pipe', 'pipe'],
	});
}

/** What the other version would complain about. */
const ONLY_WAY_FROM_2_ON = { N8N_RUNNERS_ENABLED: 'true', DB_SQLITE_POOL_SIZE: '4' };
const OF_VERSION: Record<N8nVersion, Record<string, string>> = {
	lowest: ONLY_WAY_FROM_2_ON,
	v1: ONLY_WAY_FROM_2_ON,
	// A list of MCP servers that n8n would fetch each time it starts.
	v2: { N8N_DISABLED_MODULES: 'mcp-registry' },
};

async function environment(options: StartOptions, port: number): Promise<NodeJS.ProcessEnv> {
	// Settings of an n8n that the user runs otherwise, and those that npm and jest give to what they start.
	const foreign =
		/^(N8N_|DB_|QUEUE_|EXECUTIONS_|GENERIC_|WEBHOOK_|NODES_|CREDENTIALS_|npm_|JEST_|NODE_ENV$)/i;
	const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
	const { node, version } = options.installed;
	return {
		...Object.fromEntries(own),
		// n8n starts its task runners with whichever `node` comes first.
		PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
		// From its second start on, n8n takes two seconds less.
		NODE_COMPILE_CACHE: join(cacheFolder(), 'compiled'),
		N8N_USER_FOLDER: options.userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: 'localhost',
		N8N_EDITOR_BASE_URL: `http://localhost:${port}`,
		N8N_SECURE_COOKIE: 'false',
		N8N_LOG_LEVEL: 'info',
		N8N_LOG_OUTPUT: 'console',
		NO_COLOR: '1',
		// Nothing leaves the machine, and nothing in the editor asks for it.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		// Code nodes run in n8n's task runners, whose broker wants a port of its own.
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		// Where workers of queue mode say that they are ready.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		...OF_VERSION[version],
		...options.env,
	};
}

/** Keeps the last lines that n8n prints, and hands each on. */
function collectLines(child: ChildProcess, log?: (line: string) => void): string[] {
	const lines: string[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		if (!stream) continue;
		createInterface({ input: stream }).on('line', (line) => {
			lines.push(line);
			if (lines.length > LINES_KEPT) lines.shift();
			log?.(line);
		});
	}
	return lines;
}

function exitOf(child: ChildProcess): Promise<void> {
	return new Promise((resolve) => {
		child.once('exit', () => resolve());
		child.once('error', () => resolve());
	});
}

/** n8n says that a workflow is active a moment before its addresses answer; until then it says 404. */
export async function untilServed(url: string, method: 'GET' | 'POST' = 'GET'): Promise<void> {
	await until(`n8n to serve ${url}`, async () => {
		const response = await fetch(url, { method });
		await response.arrayBuffer();
		return response.status !== 404;
	});
}

async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
		const isJson = response.headers.get('content-type')?.includes('json') ?? false;
		await response.arrayBuffer();
		return response.ok && isJson;
	} catch {
		return false;
	}
}

async function stop(group: { pid: number; exited: Promise<void> }): Promise<void> {
	signal(group.pid, 'SIGTERM');
	const inTime = await Promise.race([
		group.exited.then(() => true),
		sleep(STOP_WITHIN_MS, false, { ref: false }),
	]);
	if (!inTime) signal(group.pid, 'SIGKILL');
	await group.exited;
}

/** Sends a signal to all processes of a group; one that is gone already is fine. */
function signal(group: number, name: NodeJS.Signals): void {
	if (group === 0) return;
	try {
		process.kill(-group, name);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
