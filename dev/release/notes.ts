/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- this runs in publish.yml, never inside n8n */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { releaseNotes, type Manifest } from './release';

/** Prints the notes of the release that a tag names; ends with 1 and the reason where something doesn't agree. */
function main([tag = '']: string[]): void {
	const read = (file: string) => readFileSync(resolve(__dirname, '../..', file), 'utf8');
	const manifest = JSON.parse(read('package.json')) as Manifest;
	const { GITHUB_REPOSITORY } = process.env;
	const notes = releaseNotes({
		tag,
		manifest,
		changelog: read('CHANGELOG.md'),
		repository: GITHUB_REPOSITORY,
	});
	if (notes.fault === undefined) {
		console.log(notes.text);
		return;
	}
	console.error(notes.fault);
	process.exitCode = 1;
}

main(process.argv.slice(2));
