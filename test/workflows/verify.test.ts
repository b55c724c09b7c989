import type { IDataObject } from 'n8n-workflow';
import { credentialFor, runOn } from '../simulated';
import { failedItems } from './juspay';
import { stage } from './stage';
import type { Asked } from './stage';

const on = stage();

const MERCHANT = 'demo_merchant';
const NAMED = 'asha.rao@upi';
const PHONE = '9164326296@upi';
const INVALID = 'invalid.user@upi';

const credential = (change: IDataObject = {}) =>
	credentialFor(on.simulator, { merchantId: MERCHANT, ...change });

/** Verifies each item's column `vpa`. */
const verify = async (
	vpas: unknown[],
	{ parameters, ...asked }: Asked & { credential?: ReturnType<typeof credential> } = {},
) =>
	await runOn(
		on.simulator,
		{ resource: 'upiId', operation: 'verify', vpa: '={{ $json.vpa }}', ...parameters },
		{ credential: credential(), items: vpas.map((vpa) => ({ vpa }) as IDataObject), ...asked },
	);

const FAILED = {
	upiId: null,
	valid: null,
	status: null,
	customerName: null,
	mandateSupported: null,
};

const BY_STATUS = { outputMode: 'byStatus' };

describe('a UPI ID', () => {
	it('comes out masked, with whose it is and whether its handle takes mandates', async () => {
		const result = await verify([NAMED, PHONE, INVALID, 'asha@nomandate']);
		expect(result.items()).toEqual([
			{
				upiId: 'a******o@upi',
				valid: true,
				status: 'VALID',
				customerName: 'Asha Rao',
				mandateSupported: true,
			},
			// Juspay only says "verified".
			expect.objectContaining({ upiId: '91******96@upi', valid: true, customerName: null }),
			{
				upiId: 'in********er@upi',
				valid: false,
				status: 'INVALID',
				customerName: null,
				mandateSupported: null,
			},
			expect.objectContaining({ valid: true, mandateSupported: false }),
		]);
		expect(result.pairedWith()).toEqual([0, 1, 2, 3]);
		expect(result.hints.map(({ message }) => message)).toEqual(['4 UPI IDs: 3 valid, 1 invalid.']);
	});

	it('travels in the body, with the merchant, and in no header and no path', async () => {
		await verify([NAMED]);
		const [request] = on.sent('verifyVpa');
		expect(request).toMatchObject({
			method: 'POST',
			path: '/v2/upi/verify-vpa',
			form: { vpa: NAMED, merchant_id: MERCHANT },
		});
		expect(request?.headers).not.toHaveProperty('x-routing-id');
		expect(request?.headers['x-merchantid']).toBe(MERCHANT);
		expect(JSON.stringify(request?.headers)).not.toContain('asha');
	});

	it('is sent with the routing ID that is set', async () => {
		await verify([NAMED], { parameters: { options: { routingId: 'guest_7' } } });
		expect(on.sent('verifyVpa')[0]?.headers['x-routing-id']).toBe('guest_7');
	});

	it('is asked once per run, whatever its case, in the order of the items', async () => {
		const vpas = [NAMED, INVALID, ' Asha.Rao@UPI ', NAMED, 'INVALID.user@upi'];
		const result = await verify(vpas);
		expect(on.sent('verifyVpa')).toHaveLength(2);
		expect(result.items().map(({ valid }) => valid)).toEqual([true, false, true, true, false]);
		expect(result.items()[2]?.upiId).toBe('A******o@UPI');
		expect(result.pairedWith()).toEqual([0, 1, 2, 3, 4]);
	});

	it('carries the input fields that are kept', async () => {
		const result = await verify([NAMED], {
			items: [{ vpa: NAMED, row_number: 7, status: 'new' }],
			parameters: { options: { keepFields: 'row_number, status' } },
		});
		expect(result.items()[0]).toMatchObject({
			row_number: 7,
			input_status: 'new',
			status: 'VALID',
		});
	});
});

describe('one output per status', () => {
	it('sends valid ones and invalid ones each their way', async () => {
		const result = await verify([NAMED, INVALID, PHONE], { parameters: BY_STATUS });
		expect(result.items(0).map(({ status }) => status)).toEqual(['VALID', 'VALID']);
		expect(result.items(1).map(({ status }) => status)).toEqual(['INVALID']);
		expect(result.pairedWith(0)).toEqual([0, 2]);
		expect(result.pairedWith(1)).toEqual([1]);
	});

	it('never sends what could not be handled to Valid', async () => {
		const result = await verify([NAMED, 'asha'], {
			parameters: BY_STATUS,
			onError: 'continueRegularOutput',
		});
		expect(result.items(0)).toHaveLength(1);
		expect(failedItems(result, 1)).toHaveLength(1);
	});

	it('leaves errors to the error output where there is one', async () => {
		const result = await verify([NAMED, INVALID, 'asha'], {
			parameters: BY_STATUS,
			onError: 'continueErrorOutput',
		});
		expect([0, 1, 2].map((output) => result.items(output).length)).toEqual([1, 1, 1]);
		expect(result.pairedWith(2)).toEqual([2]);
	});
});

describe('what can not be handled', () => {
	it('stops no other item, and has every key', async () => {
		const result = await verify([NAMED, 'asha', '', PHONE], { onError: 'continueRegularOutput' });
		expect(result.items()[1]).toEqual({
			error: "'UPI ID' has no @",
			errorHint: expect.stringContaining('Nothing was sent') as string,
			errorCode: 'BAD_INPUT',
			juspayCode: null,
			juspayRequestId: null,
			field: 'UPI ID',
			row: 2,
			...FAILED,
		});
		expect(result.items()[2]).toMatchObject({ errorCode: 'BAD_INPUT', row: 3, ...FAILED });
		expect(result.items()[3]).toMatchObject({ valid: true });
		expect(result.pairedWith()).toEqual([0, 1, 2, 3]);
		expect(result.hints.map(({ message }) => message)).toEqual([
			'4 UPI IDs: 2 valid, 2 with errors.',
		]);
	});

	it('is a credential without a Merchant ID, said before anything is sent', async () => {
		const result = await verify([NAMED, PHONE], {
			credential: credential({ merchantId: '' }),
			onError: 'continueRegularOutput',
		});
		expect(failedItems(result)).toEqual([
			expect.objectContaining({ errorCode: 'BAD_CREDENTIAL', ...FAILED }),
			expect.objectContaining({ errorCode: 'BAD_CREDENTIAL', ...FAILED }),
		]);
		expect(failedItems(result)[0]?.error).toContain("'Merchant ID'");
		expect(on.simulator.requests()).toEqual([]);
	});

	it('is an API that the merchant does not have; many rows do not ask for it all the same', async () => {
		const body = { error_info: { code: 'FEATURE_NOT_ENABLED', category: 'CONFIG_ERROR' } };
		on.simulator.addFault({ call: 'verifyVpa', kind: 'status', status: 400, body });
		const vpas = Array.from({ length: 40 }, (_, index) => `user${index}@upi`);
		const result = await verify(vpas, {
			onError: 'continueRegularOutput',
			parameters: { options: { concurrency: 1 } },
		});
		const failed = failedItems(result);
		expect(failed).toHaveLength(40);
		expect(failed[0]).toMatchObject({ errorCode: 'SETUP', juspayCode: 'FEATURE_NOT_ENABLED' });
		expect(failed[0]?.error).toMatch(/not enabled for your merchant/);
		expect(on.sent('verifyVpa').length).toBeLessThanOrEqual(5);
	});

	it('never shows a whole UPI ID', async () => {
		on.simulator.addFault({
			call: 'verifyVpa',
			kind: 'status',
			status: 400,
			body: { error_info: { code: 'INVALID_INPUT', developer_message: `${NAMED} is unknown` } },
		});
		const result = await verify([NAMED, `${PHONE} x`], { onError: 'continueRegularOutput' });
		const shown = JSON.stringify([result.items(), result.hints]);
		expect(shown).toMatch(/is unknown/);
		expect(shown).not.toMatch(/asha\.rao|9164326296/);
	});
});
