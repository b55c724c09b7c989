/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the demo runs on a developer's machine, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks until the answer is yes.
 *
 * @param what - for the message, e.g. "n8n to open the form"
 * @throws Error when the time is over
 */
export async function until(
	what: string,
	isSo: () => boolean | Promise<boolean>,
	withinMs = 60_000,
): Promise<void> {
	const deadline = Date.now() + withinMs;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error(`Waited ${withinMs / 1_000} s in vain for ${what}`);
		await sleep(200);
	}
}

/** n8n says that a workflow is active a moment before its addresses answer; until then it says 404. */
export async function untilServed(url: string, method: 'GET' | 'POST' = 'GET'): Promise<void> {
	await until(`n8n to serve ${url}`, async () => {
		const response = await fetch(url, { method });
		await response.arrayBuffer();
		return response.status !== 404;
	});
}
