/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- this runs on a developer's machine and in publish.yml, never inside n8n */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { run } from '../n8n/run';
import { missingFiles, releaseNotes, withNames, type Manifest } from './release';

const PROJECT = resolve(__dirname, '../..');
const read = (file: string) => readFileSync(resolve(PROJECT, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;

/** Each returns what is wrong; undefined: nothing. */
const COMMANDS: Record<string, (argument: string) => Promise<string | undefined>> = {
	/** `npm run names`: writes the owner's names from package.json into every other file that has them. */
	names: async () => {
		const { stdout } = await run('git', ['ls-files'], PROJECT);
		const hasNames = /\.(json|md|ts|yml)$|^LICENSE$/;
		for (const file of stdout.split('\n').filter((name) => hasNames.test(name))) {
			const text = read(file);
			const named = withNames(file, text, manifest);
			if (named === text) continue;
			writeFileSync(resolve(PROJECT, file), named);
			console.log(file);
		}
		return undefined;
	},
	/** Prints the notes of the release that a tag names. */
	notes: async (tag) => {
		const changelog = read('CHANGELOG.md');
		const { GITHUB_REPOSITORY: repository } = process.env;
		const notes = releaseNotes({ tag, manifest, changelog, repository });
		if (notes.fault === undefined) console.log(notes.text);
		return notes.fault;
	},
	/** Whether a tarball has every file that n8n loads. */
	check: async (tarball) => {
		const { ok, stdout, output } = await run('tar', ['-tzf', tarball]);
		if (!ok) return output;
		const missing = missingFiles(manifest, stdout.split('\n'));
		if (missing.length > 0) return `${tarball} lacks ${missing.join(', ')}`;
		console.log(`${tarball} has all that n8n loads.`);
		return undefined;
	},
};

async function main([command = '', argument = '']: string[]): Promise<void> {
	const fault = await COMMANDS[command]?.(argument);
	if (fault === undefined) return;
	console.error(fault);
	process.exitCode = 1;
}

void main(process.argv.slice(2));
