/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { JuspayApi } from '../../credentials/JuspayApi.credentials';
import { outputsOf } from '../../nodes/Juspay/node/operations';
import { Juspay } from '../../nodes/Juspay/Juspay.node';
import { JuspayTrigger } from '../../nodes/Juspay/JuspayTrigger.node';

const PROJECT = resolve(__dirname, '../..');

/** Where the README's pictures lie, with their {@link SHOWN_FILE}. */
export const IMAGES = resolve(PROJECT, 'docs/images');

/** Written beside the pictures: what they showed when they were taken. */
export const SHOWN_FILE = 'parameters.sha256';

/** Each is there for light and for dark. */
export const PICTURES = [
	'credential',
	'editor-by-status',
	'editor-create',
	'editor-error',
	'editor-locator',
	'editor-workflow',
];

/**
 * Everything of the project that the pictures show, as a checksum each: the parameters of node, trigger and
 * credential, their icons, and the workflow of the first picture.
 *
 * @returns lines as `sha256sum` prints them
 */
export async function shownNow(): Promise<string> {
	// The text of the function that gives the outputs depends on the compiler; what it gives does not.
	const node = { ...new Juspay().description, outputs: undefined };
	const outputs = outputsOf({
		resource: 'customerAccount',
		operation: 'create',
		outputMode: 'byStatus',
	});
	const trigger = new JuspayTrigger().description;
	const { displayName, properties } = new JuspayApi();
	const lines = [
		line(JSON.stringify({ node, outputs, trigger, displayName, properties }), 'parameters'),
	];
	for (const file of [
		'credentials/juspay.dark.svg',
		'credentials/juspay.svg',
		'examples/onboard-customer-accounts.json',
		'nodes/Juspay/juspay.dark.svg',
		'nodes/Juspay/juspay.svg',
	]) {
		lines.push(line(await readFile(resolve(PROJECT, file), 'utf8'), file));
	}
	return lines.join('');
}

function line(content: string, name: string): string {
	return `${createHash('sha256').update(content).digest('hex')}  ${name}\n`;
}
