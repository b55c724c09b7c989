/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Order, Reading } from './extension/order';

const KNOWN_WITHIN_MS = 60_000;

/**
 * Starts a workflow by its webhook and waits for the answer of its last node, however long that takes. (`fetch`
 * would give up after five minutes.)
 */
export async function callWebhook(url: string, order: Order): Promise<Reading> {
	const deadline = Date.now() + KNOWN_WITHIN_MS;
	for (;;) {
		const { status, body } = await post(url, JSON.stringify(order));
		if (status === 200) return JSON.parse(body) as Reading;
		// n8n does not know a webhook for a moment after its workflow has been activated, and takes its database for gone
		// for a moment after it was too busy to look. Neither starts the workflow.
		const isNotYet = status === 404 || status === 503;
		if (!isNotYet || Date.now() > deadline) {
			throw new Error(`n8n answered ${status} to ${url}: ${body.slice(0, 500)}`);
		}
		await sleep(250);
	}
}

function post(url: string, body: string): Promise<{ status: number; body: string }> {
	return new Promise((resolve, reject) => {
		request(url, { method: 'POST', headers: { 'content-type': 'application/json' } })
			.on('response', (response) => {
				text(response).then(
					(answer) => resolve({ status: response.statusCode ?? 0, body: answer }),
					reject,
				);
			})
			.on('error', reject)
			.end(body);
	});
}
