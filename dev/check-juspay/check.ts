import { create } from './create';
import { list } from './list';
import * as probes from './probes';
import { report } from './report';
import type { CheckOptions } from './session';
import { Ended, Session } from './session';

/**
 * Plays the main job with a customer of its own, deletes what it created, and says what holds.
 *
 * @returns the report as text that may be published, and whether everything could be tried
 */
export async function checkJuspay(
	options: CheckOptions,
): Promise<{ text: string; isComplete: boolean }> {
	const session = new Session(options);
	let ended: string | undefined;
	try {
		await probes.wrongKey(session);
		await probes.missingCustomer(session);
		await probes.verifyUpiIds(session);
		await probes.customer(session);
		await probes.emptyList(session, 'List of a customer without accounts');
		const known = await create(session);
		await list(session, known);
		await probes.get(session, known);
		await probes.refusal(session, known);
		await probes.validate(session, known);
		await probes.amountField(session, known);
		await probes.gatewayField(session, known);
	} catch (thrown) {
		// eslint-disable-next-line @n8n/community-nodes/require-node-api-error -- a bug of the check's own, which is no node
		if (!(thrown instanceof Ended)) throw thrown;
		ended = thrown.message;
	} finally {
		// Also after a bug of the check's own: nothing is to be left behind.
		if (session.customerId !== '') await probes.remove(session);
	}
	if (!ended) await probes.emptyList(session, 'List after the last account was deleted');
	return { text: report(session, ended), isComplete: ended === undefined };
}
