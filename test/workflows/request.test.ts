import { BANK, failedItems, otherHost, UPI, useJuspay } from './juspay';

/** unit/contract has any other text. */
const STRANGE = ['a/b c', '%2e%2e?#&+'];

const juspay = useJuspay({ customers: ['cst_one', ...STRANGE] });

const headersOf = (call: string) =>
	juspay.simulator.requests().find((request) => request.call === call)?.headers ?? {};

describe('every operation on accounts', () => {
	it.each(['create', 'get', 'getAll', 'validate', 'delete'])(
		'sends the routing ID that the user chose: %s',
		async (operation) => {
			const id = juspay.simulator.seedAccount('cst_one', BANK);
			await juspay.get('cst_one', id, {
				parameters: { operation, accounts: { upi: [UPI] }, options: { routingId: 'guest_1' } },
			});
			const sent = juspay.simulator.requests().map(({ headers }) => headers['x-routing-id']);
			expect(new Set(sent)).toEqual(new Set(['guest_1']));
		},
	);
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
