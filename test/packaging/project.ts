/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- packs the node as its publisher does */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const PROJECT = resolve(__dirname, '../..');

/** What package.json says to npm and to n8n. */
export interface Manifest {
	name: string;
	version: string;
	main: string;
	author: { name: string; email: string };
	repository: { url: string };
	homepage: string;
	bugs: { url: string };
	scripts: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

export const manifest = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as Manifest;

/** How a command ended. */
export interface Ended {
	ok: boolean;
	stdout: string;
	output: string;
}

/** Runs a command as a shell of its own would, without the settings that npm and jest hand on. */
export function run(
	command: string,
	args: string[],
	cwd: string,
	env: Record<string, string> = {},
): Ended {
	const own = Object.entries(process.env).filter(
		([name]) => !/^npm_|^JEST_|^NODE_(ENV|OPTIONS)$/i.test(name),
	);
	const { status, stdout, stderr } = spawnSync(command, args, {
		cwd,
		encoding: 'utf8',
		env: { ...Object.fromEntries(own), ...env },
	});
	return { ok: status === 0, stdout, output: stdout + stderr };
}

const folders: string[] = [];

/** An empty folder, until {@link removeFolders}. */
export function emptyFolder(): string {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'n8n-nodes-juspay-pack-')));
	folders.push(folder);
	return folder;
}

export function removeFolders(): void {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

const SOURCES = [
	'.npmrc',
	'CHANGELOG.md',
	'LICENSE',
	'README.md',
	'credentials',
	'gulpfile.js',
	'index.js',
	'nodes',
	'package-lock.json',
	'package.json',
	'tsconfig.json',
];

/**
 * What a fresh clone has of what is packed: no dist.
 *
 * @param installed - whether `npm ci` has run in it
 */
export function freshClone(installed: boolean): string {
	const folder = emptyFolder();
	for (const name of SOURCES) cpSync(join(PROJECT, name), join(folder, name), { recursive: true });
	if (installed) symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
	return folder;
}
