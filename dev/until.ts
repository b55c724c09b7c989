/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Polls until there is an answer.
 *
 * @param what - for the message, e.g. "n8n to open the form"
 * @param look - returns the answer, or `undefined` or `false` as long as there is none; what it throws ends the polling
 * @returns the answer
 * @throws Error when there is none in time
 */
export async function until<T>(
	what: string,
	look: () => T | false | undefined | Promise<T | false | undefined>,
	{ withinMs = 60_000, everyMs = 200 } = {},
): Promise<T> {
	const deadline = Date.now() + withinMs;
	for (;;) {
		const answer = await look();
		if (answer !== undefined && answer !== false) return answer;
		if (Date.now() > deadline) throw new Error(`Waited ${withinMs / 1_000} s in vain for ${what}`);
		await sleep(everyMs);
	}
}
