import type { Verification } from '../account/types';
import type { Result } from '../http/client';
import * as contract from '../wire/contract';
import * as messages from './messages';
import type { Session } from './session';

/** Asks Juspay about a UPI ID. It changes nothing, so it is retried like a look. */
export async function verifyUpiId(
	{ client }: Session,
	vpa: string,
	routingId: string,
): Promise<Result<Verification>> {
	const { merchantId = '' } = client;
	// A credential that can't be used at all is named as what it is when the call is sent.
	if (client.merchantId === '') return { ok: false, failure: messages.noMerchantId() };
	return await client.send(contract.verifyVpa(vpa, merchantId, routingId));
}
