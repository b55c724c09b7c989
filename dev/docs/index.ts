/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messagesPage } from './messages';

/** Writes docs/messages.md. */
async function main(): Promise<void> {
	await writeFile(resolve(__dirname, '../../docs/messages.md'), await messagesPage());
}

void main();
