/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- the demo runs on a developer's machine, never inside n8n */
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureN8n, packNode, type Report } from '../n8n';
import { openStage, type Stage } from './stage';

/** Where the demo's n8n keeps its data from one start to the next; delete it to begin anew. */
export const DEMO_FOLDER = resolve(__dirname, '../../.cache/demo');

const NODE_TYPE = 'n8n-nodes-juspay.juspay';

/**
 * Opens a stage as a user would: installs n8n (once), builds and packs the node, installs the package into n8n's
 * community nodes, and starts n8n and the simulator.
 *
 * @param port - for n8n
 * @param report - gets a line per step
 * @param env - more environment variables for n8n
 */
export async function openSession(
	port: number,
	report: Report,
	env: Record<string, string> = {},
): Promise<Stage> {
	const { release } = await ensureN8n('v2', report);
	// A database that a newer n8n has written is of no use to an older one.
	const userFolder = join(DEMO_FOLDER, `n8n-${release}`);
	report('Building and packing the node');
	const tarball = await packNode(userFolder);
	const logFile = join(userFolder, 'n8n.log');
	const log = createWriteStream(logFile);
	const stage = await openStage({
		tarball,
		userFolder,
		port,
		env,
		report,
		log: (line) => log.write(`${line}\n`),
	});
	const close = async () => {
		await stage.close();
		log.end();
	};
	if ((await stage.client.nodeTypes()).includes(NODE_TYPE)) return { ...stage, close };
	await close();
	throw new Error(`n8n did not load ${NODE_TYPE}; see ${logFile}`);
}
