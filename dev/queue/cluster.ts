/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureN8n, installNode, N8nClient, startN8n } from '../n8n';
import type { RunningN8n } from '../n8n';
import { openServices } from './services';

const OWNER = { email: 'queue@juspay.example', password: 'Juspay-queue-1' };

/** A job whose worker is gone is noticed within seconds rather than n8n's minute. */
const STALLS_SOON = {
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** n8n in queue mode: a main process, a webhook process, and workers that come and go. */
export interface Cluster {
	client: N8nClient;
	/** Where production webhooks are called. */
	webhookUrl: string;
	/** @param atOnce - how many executions it runs at once; default: n8n's */
	addWorker(atOnce?: number): Promise<RunningN8n>;
	close(): Promise<void>;
}

/** Starts main and webhook process, with the packed node in the community-nodes folder that all processes share. */
export async function openCluster(tarball: string): Promise<Cluster> {
	const installed = await ensureN8n('v2', () => undefined);
	const services = await openServices();
	const userFolder = await mkdtemp(join(tmpdir(), 'juspay-queue-'));
	await installNode(userFolder, tarball);
	const env = {
		...services.env,
		...STALLS_SOON,
		N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'),
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	};
	const running: RunningN8n[] = [];
	const start = async (command: 'start' | 'webhook' | 'worker', more = {}) => {
		const n8n = await startN8n({ installed, userFolder, env: { ...env, ...more }, command });
		running.push(n8n);
		return n8n;
	};
	const close = async () => {
		await Promise.all(running.map(async (n8n) => await n8n.stop()));
		await services.close();
		await rm(userFolder, { recursive: true, force: true });
	};
	try {
		const main = await start('start');
		const client = await N8nClient.signIn(main.url, OWNER);
		const webhook = await start('webhook');
		return {
			client,
			webhookUrl: webhook.url,
			addWorker: async (atOnce) =>
				await start(
					'worker',
					atOnce === undefined ? {} : { N8N_CONCURRENCY_PRODUCTION_LIMIT: String(atOnce) },
				),
			close,
		};
	} catch (error) {
		await close();
		return await Promise.reject(error);
	}
}
