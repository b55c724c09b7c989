/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- the demo runs on a developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Workflow } from '../test/n8n';

/** A workflow of examples/ that the demo can run. */
export interface Example {
	/** As in `npm start -- --example <name>`, and its file's name in examples/. */
	name: string;
	/** What it shows, in one line. */
	about: string;
	/** Names of the nodes in the workflow that the demo has to know. */
	nodes: { trigger: string; juspay: string };
}

/** The first is the one that `npm start` runs. */
export const EXAMPLES: [Example, ...Example[]] = [
	{
		name: 'onboard-customer-accounts',
		about: 'create and validate the accounts of new customers, and branch on the result',
		nodes: { trigger: 'Every Day at 9', juspay: 'Create and Validate' },
	},
];

/** The example's file in examples/, to be shown and read. */
export function exampleFile(example: Example): string {
	return `examples/${example.name}.json`;
}

/** Reads an example's workflow, as a user would import it. */
export async function readExample(example: Example): Promise<Workflow> {
	const file = resolve(__dirname, '..', exampleFile(example));
	return JSON.parse(await readFile(file, 'utf8')) as Workflow;
}
