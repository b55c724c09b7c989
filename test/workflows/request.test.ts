import { BANK, failedItems, otherHost, UPI, useJuspay } from './juspay';

const CUSTOMERS = ['cst_one', 'customer_1122'];
/** unit/contract has any other text. */
const STRANGE = ['a/b c', '%2e%2e?#&+'];

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

it('a redirect is not followed, so the key stays where it belongs', async () => {
	const target = await otherHost(() => ({ id: 'banh_1234' }));
	const redirecting = await otherHost(
		async (request, reply) => await reply.redirect(`${target.url}${request.url}`, 307),
	);
	const result = await juspay.createEach([{ customer: 'cst_one', accounts: [UPI] }], {
		credential: juspay.credential({ baseUrl: redirecting.url }),
		onError: 'continueRegularOutput',
	});
	expect(failedItems(result)).toEqual([expect.objectContaining({ errorCode: 'REDIRECT' })]);
	expect(redirecting.requestLines).toHaveLength(1);
	expect(target.requestLines).toEqual([]);
});
