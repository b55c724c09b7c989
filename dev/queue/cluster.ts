import { randomBytes } from 'node:crypto';
import { openStage, type RunningN8n, type Stage, type StageOptions } from '../n8n';
import { openServices } from './services';

/** A job whose worker is gone is noticed within seconds rather than n8n's minute. */
const STALLS_SOON = {
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** n8n in queue mode: a main process, a webhook process, and workers that come and go. */
export interface Cluster extends Pick<Stage, 'client' | 'simulator' | 'importWorkflow' | 'close'> {
	/** Where production webhooks are called. */
	webhookUrl: string;
	/** @param atOnce - how many executions it runs at once; default: n8n's */
	addWorker(atOnce?: number): Promise<RunningN8n>;
}

/** Starts main and webhook process, with the packed node in the community-nodes folder that all processes share. */
export async function openCluster(options: StageOptions): Promise<Cluster> {
	const services = await openServices();
	const env = {
		...services.env,
		...STALLS_SOON,
		N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'),
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	};
	const stage = await openStage({ ...options, env }).catch(async (error: unknown) => {
		await services.close();
		return await Promise.reject(error);
	});
	const close = async () => {
		await stage.close();
		await services.close();
	};
	try {
		const { url: webhookUrl } = await stage.startProcess('webhook');
		const addWorker = async (atOnce?: number) => {
			const limit = atOnce !== undefined && { N8N_CONCURRENCY_PRODUCTION_LIMIT: String(atOnce) };
			return await stage.startProcess('worker', { ...limit });
		};
		return { ...stage, webhookUrl, addWorker, close };
	} catch (error) {
		await close();
		return await Promise.reject(error);
	}
}
