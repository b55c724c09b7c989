/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runNpm } from './npm';
import { run } from './run';

const PROJECT = resolve(__dirname, '../..');

interface Manifest {
	name: string;
	version: string;
	devDependencies?: unknown;
	peerDependencies?: unknown;
	optionalDependencies?: unknown;
}

/**
 * Builds the node and packs it as it would be published.
 *
 * @param folder - where to put the tarball
 * @returns path of the tarball
 */
export async function packNode(folder: string): Promise<string> {
	await runNpm(['run', 'build'], PROJECT, 'build the node');
	await mkdir(folder, { recursive: true });
	const printed = await runNpm(
		// Built already; what a script prints would stand before the JSON.
		['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
		PROJECT,
		'pack the node',
	);
	const [packed] = JSON.parse(printed) as Array<{ filename: string }>;
	if (!packed) throw new Error('npm pack made no tarball');
	return join(folder, packed.filename);
}

/**
 * Puts a packed node where n8n puts community nodes, step by step as n8n does after "Install" in its settings
 * (CommunityPackagesService.downloadPackage, the same in 1.123 and 2.40): unpack it, drop its development and peer
 * dependencies, install the others, note it in the folder's package.json. n8n loads what stands there when it starts.
 *
 * @param userFolder - n8n's N8N_USER_FOLDER; its n8n must not be running
 * @param tarball - what {@link packNode} returned
 * @returns name and version of the package
 */
export async function installNode(
	userFolder: string,
	tarball: string,
): Promise<{ name: string; version: string }> {
	const nodesFolder = join(userFolder, '.n8n/nodes');
	const stdout = await tar(['-xzOf', tarball, 'package/package.json']);
	const manifest = JSON.parse(stdout) as Manifest;
	delete manifest.devDependencies;
	delete manifest.peerDependencies;
	delete manifest.optionalDependencies;

	const folder = join(nodesFolder, 'node_modules', manifest.name);
	await rm(folder, { recursive: true, force: true });
	await unpackNode(folder, tarball);
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
	const quietly = ['--audit=false', '--fund=false', '--bin-links=false', '--package-lock=false'];
	const safely = ['--install-strategy=shallow', '--ignore-scripts=true'];
	await runNpm(['install', ...quietly, ...safely], folder, 'install the node into n8n');

	// n8n's own list of what it has installed, and what it loads from.
	const dependencies = { [manifest.name]: manifest.version };
	await writeFile(
		join(nodesFolder, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies }, null, 2),
	);
	return { name: manifest.name, version: manifest.version };
}

/**
 * Unpacks a node as it stands, e.g. for `N8N_CUSTOM_EXTENSIONS`.
 *
 * @param folder - where to put its files
 * @param tarball - what {@link packNode} returned
 */
export async function unpackNode(
	folder: string,
	tarball: string,
): Promise<{ name: string; version: string }> {
	await mkdir(folder, { recursive: true });
	await tar(['-xzf', tarball, '-C', folder, '--strip-components=1']);
	const manifest = await readFile(join(folder, 'package.json'), 'utf8');
	const { name, version } = JSON.parse(manifest) as { name: string; version: string };
	return { name, version };
}

async function tar(args: string[]): Promise<string> {
	const { ok, ended, stdout, output } = await run('tar', args);
	if (!ok) throw new Error(`tar ${args.join(' ')}: ${ended}\n${output}`);
	return stdout;
}
