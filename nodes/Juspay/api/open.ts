import type { IAllExecuteFunctions } from 'n8n-workflow';
import { hostOf, secretsOf } from './access';
import { JuspayClient } from './client';
import { sharedState } from './exactlyOnce/processState';
import { clockUntil, Pace } from './pace';
import { openTransport } from './transport';

/** How patiently, and with how many requests at once, a client works. */
export interface Patience {
	/** Requests in flight at once. */
	concurrency: number;
	/** How long one request may take, in seconds. */
	timeout: number;
	/** How often a request is sent again where that is safe. */
	maxRetries: number;
}

/**
 * Opens a client with the node's credential; all its calls share one pace.
 *
 * @param signal - n8n's sign that the workflow was stopped, where there is one
 * @param note - tells the user something after the run
 */
export async function openClient(
	functions: IAllExecuteFunctions,
	{ concurrency, timeout, maxRetries }: Patience,
	signal?: AbortSignal,
	note?: (message: string) => void,
): Promise<JuspayClient> {
	const { send, credential } = await openTransport(functions, timeout * 1000, signal);
	const clock = clockUntil(signal);
	const host = hostOf(credential);
	return new JuspayClient({
		send,
		pace: new Pace(concurrency, clock),
		clock,
		maxRetries,
		context: { host, timeout, secrets: secretsOf(credential) },
		signal,
		state: sharedState(host, credential.merchantId),
		note,
	});
}
