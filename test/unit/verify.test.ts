import { verifyUpiId } from '../../nodes/Juspay/once/look';
import type { Session } from '../../nodes/Juspay/once/session';
import type { Call } from '../../nodes/Juspay/wire/contract';

it.each<[string, string | undefined, Array<object | undefined>]>([
	['is asked about with the Merchant ID', 'm', [{ vpa: 'asha@upi', merchant_id: 'm' }]],
	['is asked about nobody without a Merchant ID', '', []],
	[
		'says by its answer why the credential can not be used',
		undefined,
		[{ vpa: 'asha@upi', merchant_id: '' }],
	],
])('a UPI ID %s', async (_, merchantId, expected) => {
	const sent: Call[] = [];
	const send = async (call: Call) => await Promise.resolve({ ok: sent.push(call) > 0 });
	const session = { client: { merchantId, send } } as unknown as Session;
	const { ok } = await verifyUpiId(session, 'asha@upi', '');
	expect(sent.map(({ form }) => form)).toEqual(expected);
	expect(ok).toBe(merchantId !== '');
});
