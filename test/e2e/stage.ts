/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Report, Workflow } from '../../dev/n8n';

/** For a first run, which downloads n8n. Open stages in `beforeAll`, with this. */
export const INSTALL_WITHIN_MS = 900_000;

/** What every stage of the end-to-end tests has in common: the packed node, and where the installation reports to. */
export function packed(): { tarball: string; report: Report } {
	const { E2E_TARBALL: tarball } = process.env;
	if (!tarball) throw new Error('Nothing is packed: run these tests with `npm run test:e2e`.');
	// Not the console, to which jest adds a stack trace: an installation has many lines.
	return { tarball, report: (line) => process.stderr.write(`${line}\n`) };
}

/** n8n refuses to poll every ten seconds, but not to poll at six times of each minute. */
const SIX_TIMES_A_MINUTE = {
	item: [0, 10, 20, 30, 40, 50].map((second) => ({
		mode: 'custom',
		cronExpression: `${second} * * * * *`,
	})),
};

/** The same workflow, whose Juspay Trigger polls every ten seconds, so that nobody waits for a minute. */
export function polledOften(workflow: Workflow): Workflow {
	const nodes = workflow.nodes.map((node) =>
		node.type === 'n8n-nodes-juspay.juspayTrigger'
			? { ...node, parameters: { ...node.parameters, pollTimes: SIX_TIMES_A_MINUTE } }
			: node,
	);
	return { ...workflow, nodes };
}

/** Reads a workflow as it would be imported; the path is relative to the project. */
export async function readWorkflow(path: string): Promise<Workflow> {
	return JSON.parse(await readFile(resolve(__dirname, '../..', path), 'utf8')) as Workflow;
}
