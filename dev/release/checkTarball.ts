/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- this runs in publish.yml, never inside n8n */
import { resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import { run } from '../n8n/run';
import { missingFiles, type Manifest } from './release';

/** Ends with 1 where a tarball lacks a file that n8n loads. */
async function main([tarball = '']: string[]): Promise<void> {
	const manifest = JSON.parse(
		readFileSync(resolve(__dirname, '../../package.json'), 'utf8'),
	) as Manifest;
	const { ok, stdout, output } = await run('tar', ['-tzf', tarball]);
	const missing = missingFiles(manifest, stdout.split('\n'));
	if (ok && missing.length === 0) {
		console.log(`${tarball} has all that n8n loads.`);
		return;
	}
	console.error(ok ? `${tarball} lacks ${missing.join(', ')}` : output);
	process.exitCode = 1;
}

void main(process.argv.slice(2));
