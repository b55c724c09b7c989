import type { INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { listSearch, nodeDescription } from '../engine';
import { ASHA, byId, IFSC, linesOf, numberEnding, RAVI, stage } from './stage';

const on = stage({ pageSize: 2 });

/** Opens the Customer Account field's list in the editor. */
const search = async (parameters: INodeParameters, filter?: string) =>
	(
		await listSearch({
			method: 'searchCustomerAccounts',
			credential: on.credential,
			filter,
			parameters: { resource: 'customerAccount', operation: 'get', ...parameters },
		})
	).results;

const seed = () => {
	const bankAccount = on.simulator.seedAccount(
		ASHA,
		{ accountNumber: numberEnding('1191'), ifsc: IFSC, beneficiaryName: 'Asha Rao' },
		'ACTIVE',
	);
	const upi = on.simulator.seedAccount(ASHA, { vpa: '9164326296@upi' }, 'FAILURE');
	const unknown = on.simulator.seedAccount(ASHA, { vpa: 'rao@okbank' }, 'IN_REVIEW');
	on.simulator.seedAccount(RAVI, { vpa: 'ravi@upi' });
	return { bankAccount, upi, unknown };
};

const whatItThrows = async (parameters: INodeParameters) =>
	await search(parameters).then(
		() => undefined,
		(error: { message: string; description?: string }) => error,
	);

describe('the list of accounts', () => {
	it("shows the customer's accounts over all pages: name where known, masked account, status", async () => {
		const { bankAccount, upi, unknown } = seed();
		expect(await search({ customerId: ASHA })).toEqual([
			{ name: 'Asha Rao · XXXX1191 · Active', value: bankAccount },
			{ name: '91***96@upi · Failure', value: upi },
			{ name: '***@okbank · In Review', value: unknown },
		]);
	});

	it('shows account and status beside a name that is too long for the list', async () => {
		const beneficiaryName = 'Venkatanarasimharajuvaripeta Subramaniam';
		on.simulator.seedAccount(ASHA, {
			accountNumber: numberEnding('7'),
			ifsc: IFSC,
			beneficiaryName,
		});
		const [entry] = await search({ customerId: ASHA });
		expect(entry?.name).toMatch(/^Venkatanarasimharaj… · XXXX\d{4} · Created$/);
		expect(await search({ customerId: ASHA }, 'subramaniam')).toHaveLength(1);
	});

	it.each([
		['1191', 'XXXX1191'],
		['asha r', 'XXXX1191'],
		['active', 'XXXX1191'],
		[' upi id ', '91***96@upi'],
		['In Review', '***@okbank'],
		['okBANK', '***@okbank'],
	])('finds by "%s" what is shown so', async (filter, account) => {
		seed();
		const names = (await search({ customerId: ASHA }, filter)).map(({ name }) => name);
		expect(names).toContainEqual(expect.stringContaining(account));
		expect(names.length).toBeLessThan(3);
	});

	it('is empty, and no failure, where nothing fits or there is nothing', async () => {
		seed();
		expect(await search({ customerId: ASHA }, 'nowhere')).toEqual([]);
		on.simulator.seedCustomers(['cst_new']);
		expect(await search({ customerId: 'cst_new' })).toEqual([]);
	});

	it.each(['', '   ', '={{ $json.nowhere }}'])(
		'says what to do, all in the message, where the Customer ID is "%s"',
		async (customerId) => {
			const error = await whatItThrows({ customerId });
			expect(error?.message).toBe(
				"Enter the 'Customer ID' first. If it is an expression, run the previous node or select By ID.",
			);
			expect(on.simulator.counters.requestsTotal).toBe(0);
		},
	);

	it('says so where there is no such customer', async () => {
		const error = await whatItThrows({ customerId: 'cst_nobody' });
		expect(error?.message).toBe('Juspay has no customer cst_nobody');
	});

	it('gets over one fault on the way', async () => {
		seed();
		on.simulator.addFault({ call: 'listAccounts', kind: 'dropBefore', times: 1 });
		expect(await search({ customerId: ASHA })).toHaveLength(3);
	});
});

describe('the field', () => {
	it('starts with the list', async () => {
		const { properties } = await nodeDescription();
		const field = properties.find(({ name }) => name === 'customerAccountId');
		expect(field?.default).toEqual({ mode: 'list', value: '' });
		expect(field?.modes?.map(({ name }) => name)).toEqual(['list', 'id']);
	});
});

describe('the chosen account', () => {
	it.each(['list', 'id'])('in mode "%s" is the one that is worked on', async (mode) => {
		const { upi } = seed();
		const result = await on.run('get', {
			parameters: {
				customerAccountId: { __rl: true, mode, value: upi, cachedResultName: 'whatever' },
			},
		});
		expect(result.items()).toEqual([expect.objectContaining({ customerAccountId: upi })]);
	});

	it('may be a plain text, as AI and older workflows give it', async () => {
		const { upi } = seed();
		const result = await on.run('get', { parameters: { customerAccountId: upi } });
		expect(result.items()).toEqual([expect.objectContaining({ customerAccountId: upi })]);
	});
});

describe('mode "By ID" in the editor', () => {
	/** What the editor says about the field before the node runs. */
	const issuesWith = async (value: string) => {
		const { properties } = await nodeDescription();
		const node = {
			id: '1',
			name: 'Juspay',
			type: 'n8n-nodes-juspay.juspay',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {
				resource: 'customerAccount',
				operation: 'get',
				customerId: ASHA,
				...byId(value),
			},
		};
		return NodeHelpers.getNodeParametersIssues(properties, node, null)?.parameters
			?.customerAccountId;
	};

	it.each(['banh_kGvx5TGUmkRVC2dH', ' banh_kGvx5TGUmkRVC2dH ', 'abcd', '={{ $json.id }}'])(
		'takes "%s"',
		async (value) => expect(await issuesWith(value)).toBeUndefined(),
	);

	it.each(['026 2918 0000', 'asha@upi', 'x'])('marks "%s", with an example', async (value) => {
		expect(await issuesWith(value)).toEqual([
			expect.stringMatching(
				/^An account ID .*letters, digits, - and _, e\.g\. banh_kGvx5TGUmkRVC2dH$/,
			),
		]);
	});

	it('marks an empty field as required', async () => {
		expect(await issuesWith('')).toContainEqual(expect.stringMatching(/required/));
	});
});

describe("an account that was chosen from another customer's list", () => {
	const chosen = (value: string): INodeParameters => ({
		customerId: RAVI,
		customerAccountId: { __rl: true, mode: 'list', value, cachedResultName: 'XXXX1191 · Active' },
	});
	const ADVICE = /selected from the list.*'Customer ID'.*select it again/;

	it('is recognised where it is to be deleted: it is not there, and that is no failure', async () => {
		const { bankAccount } = seed();
		const result = await on.run('delete', { parameters: chosen(bankAccount) });
		expect(result.items()).toEqual([
			expect.objectContaining({ deleted: false, outcome: 'notFound' }),
		]);
		const lines = linesOf(result);
		expect(lines[0]).toBe('1 account: 1 not found.');
		expect(lines[1]).toMatch(ADVICE);
		expect(lines[1]).toContain(RAVI);
	});

	it.each(['get', 'validate'])('is recognised where it is asked for by %s', async (operation) => {
		const { bankAccount } = seed();
		const result = await on.run(operation, { parameters: chosen(bankAccount) });
		expect(result.error?.message).toContain(`no account ${bankAccount} for customer ${RAVI}`);
		expect(result.error?.description).toMatch(ADVICE);
	});

	it('is not suspected where the ID was entered', async () => {
		const { bankAccount } = seed();
		const parameters = { customerId: RAVI, ...byId(bankAccount) };
		expect(linesOf(await on.run('delete', { parameters })).join()).not.toContain('from the list');
		const got = await on.run('get', { parameters });
		expect(got.error?.description).not.toContain('from the list');
	});
});
