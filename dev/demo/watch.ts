/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- the demo runs on a developer's machine, never inside n8n */
import execa from 'execa';
import { join, resolve } from 'node:path';
import type { Report, Stage } from '../n8n';

const PROJECT = resolve(__dirname, '../..');

/** n8n's environment variable for loading a node again when its files change. */
export const HOT_RELOAD = { N8N_DEV_RELOAD: 'true' };

/**
 * Builds the node into the n8n of a stage each time a source file changes. `n8n-node dev` does the same, but downloads
 * the newest n8n.
 *
 * @param report - gets what the compiler prints
 * @returns stops it
 */
export function rebuildOnChange({ userFolder, node }: Stage, report: Report): () => void {
	const outDir = join(userFolder, '.n8n/nodes/node_modules', node.name, 'dist');
	const compiler = execa('tsc', ['--watch', '--preserveWatchOutput', '--outDir', outDir], {
		cwd: PROJECT,
		preferLocal: true,
		stdin: 'ignore',
		reject: false,
	});
	compiler.stdout?.on('data', (text: Buffer) => {
		for (const line of text.toString().split('\n').filter(Boolean)) report(line);
	});
	return () => compiler.kill();
}
