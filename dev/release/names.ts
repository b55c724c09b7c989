/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import execa from 'execa';
import { withNames, type OwnedManifest } from './owner';

const PROJECT = resolve(__dirname, '../..');

/** `npm run names`: writes the owner's names from package.json into every other file that has them. */
async function main(): Promise<void> {
	const manifest = JSON.parse(
		await readFile(resolve(PROJECT, 'package.json'), 'utf8'),
	) as OwnedManifest;
	const { stdout } = await execa('git', ['ls-files'], { cwd: PROJECT });
	for (const file of stdout
		.split('\n')
		.filter((name) => /\.(json|md|ts|yml)$|^LICENSE$/.test(name))) {
		const path = resolve(PROJECT, file);
		const text = await readFile(path, 'utf8');
		const named = withNames(file, text, manifest);
		if (named === text) continue;
		await writeFile(path, named);
		process.stdout.write(`${file}\n`);
	}
}

void main();
