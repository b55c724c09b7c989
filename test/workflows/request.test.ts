import { failedAccount } from './expected';
import { BANK, failedItems, otherHost, UPI, useJuspay } from './juspay';

const CUSTOMERS = ['cst_one', 'customer_1122'];
const STRANGE = ['a/b', 'with blank', '100%', 'what?', 'a#b', 'a&b=c', 'a+b', '%2e%2e', '...'];

const juspay = useJuspay({ customers: [...CUSTOMERS, ...STRANGE] });

const headersOf = (call: string) =>
	juspay.simulator.requests().find((request) => request.call === call)?.headers ?? {};

describe('every request', () => {
	it('is signed in with the API key as user name and no password', async () => {
		await juspay.createEach([{ customer: 'cst_one', accounts: [UPI] }]);
		const basic = `Basic ${Buffer.from(`${juspay.simulator.apiKey}:`).toString('base64')}`;
		const requests = juspay.simulator.requests();
		expect(requests.map(({ call }) => call)).toEqual(['listAccounts', 'createAccounts']);
		expect(requests.map(({ headers }) => headers.authorization)).toEqual([basic, basic]);
	});

	it('names the customer as routing ID, unless the user chose another', async () => {
		const id = juspay.simulator.seedAccount('customer_1122', BANK);
		const create = async (options: Record<string, string>) =>
			await juspay.createEach([{ customer: 'customer_1122', accounts: [UPI] }], {
				parameters: { options },
			});
		await create({});
		await juspay.get('customer_1122', id);
		expect(juspay.simulator.requests().map(({ headers }) => headers['x-routing-id'])).toEqual([
			'customer_1122',
			'customer_1122',
			'customer_1122',
		]);
		const before = juspay.simulator.requests().length;
		await juspay.createEach([{ customer: 'customer_1122', accounts: [{ vpa: 'second@upi' }] }], {
			parameters: { options: { routingId: 'guest_1' } },
		});
		await juspay.get('customer_1122', id, { parameters: { options: { routingId: 'guest_2' } } });
		const routed = juspay.simulator.requests().slice(before);
		expect(routed.map(({ headers }) => headers['x-routing-id'])).toEqual([
			'guest_1',
			'guest_1',
			'guest_2',
		]);
	});

	it('names the merchant where the credential does, and else does not', async () => {
		juspay.simulator.configure({ merchantId: 'merchant_1' });
		const items = [{ customer: 'cst_one', accounts: [UPI] }];
		const credential = juspay.credential({ merchantId: 'merchant_1' });
		const result = await juspay.createEach(items, { credential });
		expect(result.items()).toHaveLength(1);
		juspay.simulator.configure({ merchantId: undefined });
		await juspay.createEach([{ customer: 'cst_two', accounts: [UPI] }]);
		const named = juspay.simulator
			.requests()
			.map(({ path, headers }) => [path.split('/')[2], headers['x-merchantid']]);
		expect(named).toEqual([
			['cst_one', 'merchant_1'],
			['cst_one', 'merchant_1'],
			['cst_two', undefined],
			['cst_two', undefined],
		]);
	});

	it('goes below the path of the base URL, with or without a slash at its end', async () => {
		const gateway = await otherHost(async (request) => {
			const response = await fetch(
				juspay.simulator.url + request.url.replace(/^\/gateway\/juspay/, ''),
				{
					method: request.method,
					headers: {
						authorization: String(request.headers.authorization),
						'x-routing-id': String(request.headers['x-routing-id']),
						...(request.method === 'POST' && {
							'content-type': String(request.headers['content-type']),
						}),
					},
					...(request.method === 'POST' && { body: request.body as string }),
				},
			);
			return await response.json();
		});
		for (const [path, vpa] of [
			['/gateway/juspay', 'first@upi'],
			['/gateway/juspay/', 'second@upi'],
		]) {
			const credential = juspay.credential({ baseUrl: `${gateway.url}${path}` });
			const result = await juspay.createEach(
				[{ customer: 'cst_one', accounts: [{ vpa: vpa ?? '' }] }],
				{
					credential,
				},
			);
			expect(result.items()).toEqual([expect.objectContaining({ outcome: 'created' })]);
		}
		expect(gateway.requestLines.every((line) => / \/gateway\/juspay\/customers\//.test(line))).toBe(
			true,
		);
		expect(juspay.simulator.accounts('cst_one')).toHaveLength(2);
	});
});

describe('a create', () => {
	it('is a form with the accounts as one JSON text', async () => {
		const accounts = [{ ...BANK, beneficiaryName: 'Asha & Söhne = 100%', bankCode: '12' }, UPI];
		await juspay.createEach([{ customer: 'cst_one', accounts }]);
		expect(headersOf('createAccounts')['content-type']).toMatch(
			/^application\/x-www-form-urlencoded(;|$)/,
		);
		const [{ form = {} } = {}] = juspay.creates();
		expect(Object.keys(form)).toEqual(['account_details']);
		expect(JSON.parse(form.account_details ?? '')).toEqual([
			{
				bank_code: '12',
				bank_account: {
					account_number: BANK.accountNumber,
					ifsc: BANK.ifsc,
					beneficiary_name: 'Asha & Söhne = 100%',
				},
			},
			{ upi: { vpa: UPI.vpa } },
		]);
		expect(juspay.simulator.accounts('cst_one')[0]?.beneficiaryName).toBe('Asha & Söhne = 100%');
	});

	it('carries gateway, reference and further fields where the options say so', async () => {
		await juspay.createEach([{ customer: 'cst_one', accounts: [UPI], order: 7 }], {
			parameters: {
				options: {
					gatewayId: '16',
					gatewayReferenceId: 'ref & more',
					bodyFields: { field: [{ name: 'metadata.order', value: '={{ $json.order }}' }] },
				},
			},
		});
		expect(juspay.simulator.accounts('cst_one')[0]?.fields).toEqual({
			gateway_id: '16',
			gateway_reference_id: 'ref & more',
			'metadata.order': '7',
		});
	});

	it('takes the gateway from each item by an expression', async () => {
		const items = [
			{ customer: 'cst_one', accounts: [{ vpa: 'first@upi' }], gateway: '16' },
			{ customer: 'cst_one', accounts: [{ vpa: 'second@upi' }], gateway: 17 },
		];
		await juspay.createEach(items, {
			parameters: { options: { gatewayId: '={{ $json.gateway }}' } },
		});
		expect(
			juspay.simulator.accounts('cst_one').map(({ vpa, fields }) => [vpa, fields.gateway_id]),
		).toEqual([
			['first@upi', '16'],
			['second@upi', '17'],
		]);
	});

	it('never asks for a validation itself: with Validate on Create that is a call of its own', async () => {
		const options = { validationAmount: '1.50' };
		const each = async (vpa: string, validateOnCreate: boolean) =>
			await juspay.createEach([{ customer: 'cst_one', accounts: [{ vpa }] }], {
				parameters: { validateOnCreate, options },
			});
		await each('first@upi', false);
		await each('second@upi', true);
		expect(juspay.creates().map(({ form }) => [form.command, form.amount])).toEqual([
			[undefined, undefined],
			[undefined, undefined],
		]);
		const second = juspay.simulator.accounts('cst_one').find(({ vpa }) => vpa === 'second@upi');
		expect(
			juspay.simulator
				.requests()
				.filter(({ call }) => call === 'validateAccount')
				.map(({ path, form }) => [path, form]),
		).toEqual([
			[`/customers/cst_one/customer-accounts/${second?.id}/validate`, { amount: '1.50' }],
		]);
	});

	it('keeps the leading zeros of an account number, also from a sheet that sends text', async () => {
		await juspay.createEach([
			{ customer: 'cst_one', accounts: [{ ...BANK, accountNumber: '000000012' }] },
		]);
		expect(juspay.creates()[0]?.accounts).toEqual(['000000012']);
	});
});

describe('an ID with characters that mean something in a URL', () => {
	it.each(STRANGE)('reaches Juspay whole: %j', async (customer) => {
		const created = await juspay.createEach([{ customer, accounts: [UPI] }]);
		expect(created.error).toBeUndefined();
		const id = juspay.simulator.accounts(customer)[0]?.id ?? '';
		const got = await juspay.get('={{ $json.customer }}', id, { items: [{ customer }] });
		expect(got.items()).toEqual([expect.objectContaining({ customerAccountId: id })]);
		const wire = encodeURIComponent(customer);
		expect(juspay.requestLines()).toEqual([
			`GET /customers/${wire}/customer-accounts/list`,
			`POST /customers/${wire}/accounts`,
			`GET /customers/${wire}/customer-accounts/${id}`,
		]);
		expect(headersOf('getAccount')['x-routing-id']).toBe(customer);
	});
});

describe('Timeout', () => {
	it('ends the wait for an answer, and says after how long', async () => {
		// The answer is there, only too late: a longer wait would find it.
		const id = juspay.simulator.seedAccount('cst_one', UPI);
		juspay.simulator.addFault({ call: 'getAccount', kind: 'delay', forMs: 3000 });
		const result = await juspay.get('cst_one', id, {
			parameters: { options: { timeout: 1, maxRetries: 0 } },
			onError: 'continueRegularOutput',
		});
		expect(failedItems(result)).toEqual([
			failedAccount({
				error: expect.stringMatching(/^Juspay did not answer within 1 second /) as string,
				errorHint: expect.stringContaining('Timeout') as string,
				errorCode: 'TIMEOUT',
				customerId: 'cst_one',
				customerAccountId: id,
			}),
		]);
		expect(juspay.simulator.counters.requestsTotal).toBe(1);
	});

	it('leaves an answer alone that comes in time', async () => {
		const id = juspay.simulator.seedAccount('cst_one', UPI);
		juspay.simulator.addFault({ call: 'getAccount', kind: 'delay', forMs: 1500 });
		const result = await juspay.get('cst_one', id, {
			parameters: { options: { timeout: 30, maxRetries: 0 } },
		});
		expect(result.items()).toEqual([expect.objectContaining({ customerAccountId: id })]);
	});
});
