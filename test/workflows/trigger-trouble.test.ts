import type { IDataObject, NodeApiError } from 'n8n-workflow';
import { pollTrigger } from '../engine';
import { ASHA, RAVI, stage } from './stage';

const on = stage();

/** What the trigger keeps between polls. */
let memory: IDataObject;
beforeEach(() => {
	memory = {};
});
afterEach(() => {
	jest.restoreAllMocks();
});

const BOTH = [ASHA, RAVI];

/** What the last poll reported beside its items. */
let outages: NodeApiError[];

/** Polls once; gives the statuses that are reported, or the message that the poll fails with. */
const poll = async (customers: string[] = BOTH): Promise<string[] | string | null> => {
	try {
		const { items, errors } = await pollTrigger({
			credential: on.credential,
			staticData: memory,
			parameters: {
				customerIds: customers.join('\n'),
				events: ['active', 'created', 'failure', 'pending'],
			},
		});
		outages = errors as NodeApiError[];
		return items?.map(({ json }) => String(json.validationStatus)) ?? null;
	} catch (error) {
		return (error as Error).message;
	}
};

const seed = (customer: string, status: string) =>
	on.simulator.seedAccount(customer, { vpa: `${customer.slice(4)}@upi` }, status);

/** Refuses the lists of one customer for as long as it is in force. */
const refuse = async (customer: string, status: number, times: number): Promise<void> => {
	const others = BOTH.indexOf(customer);
	on.simulator.addFault({ call: 'listAccounts', kind: 'status', status, skip: others, times });
};

describe('a customer that stays unreadable', () => {
	it('is reported by the second poll, once, while the other one goes on being watched', async () => {
		const id = seed(ASHA, 'PENDING');
		await poll();
		const broken = async () => {
			on.simulator.clearFaults();
			await refuse(RAVI, 403, 1);
			return await poll();
		};
		expect(await broken()).toBeNull();
		expect(outages).toEqual([]);
		expect(await broken()).toBeNull();
		expect(outages).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(
					/^1 of 2 customers can't be read: The API key is not allowed/,
				),
				description: expect.stringContaining(`Customers: ${RAVI}.`),
			}),
		]);
		on.simulator.setStatus(id, 'ACTIVE');
		expect(await broken()).toEqual(['ACTIVE']);
		expect(outages).toEqual([]);
	});

	it('is reported beside the changes of the others: the poll does not fail, so n8n polls on time', async () => {
		const id = seed(ASHA, 'PENDING');
		await poll();
		await refuse(RAVI, 403, 1);
		await poll();
		on.simulator.clearFaults();
		await refuse(RAVI, 403, 1);
		on.simulator.setStatus(id, 'FAILURE');
		expect(await poll()).toEqual(['FAILURE']);
		expect(outages).toHaveLength(1);
	});
});

describe('where nobody can be read', () => {
	it('the poll fails at once, then is silent, and what was known is kept', async () => {
		const id = seed(ASHA, 'PENDING');
		await poll();
		on.simulator.addFault({ call: 'listAccounts', kind: 'status', status: 403 });
		expect(await poll()).toMatch(/^The API key is not allowed/);
		expect(await poll()).toBeNull();
		on.simulator.clearFaults();
		on.simulator.setStatus(id, 'ACTIVE');
		expect(await poll()).toEqual(['ACTIVE']);
	});
});

describe('what n8n is told about a poll in which nobody can be read', () => {
	it.each([
		['a rejected key', { status: 401 }, { cause: 'credential-invalid' }],
		['a key without the right', { status: 403 }, { cause: 'configuration-invalid' }],
		['a Juspay that is down', { status: 503 }, { cause: 'temporarily-unavailable' }],
		[
			'a limit that Juspay names',
			{ status: 429, retryAfter: '300' },
			{ cause: 'rate-limited', retryAfterMs: 300_000 },
		],
		['a request that Juspay refuses', { status: 400 }, undefined],
	])('%s', async (_, fault, failure) => {
		on.simulator.addFault({ call: 'listAccounts', kind: 'status', ...fault });
		await expect(
			pollTrigger({
				credential: on.credential,
				staticData: memory,
				parameters: { customerIds: BOTH.join(), events: ['active'] },
			}),
		).rejects.toMatchObject({ failure });
	});
});

describe('an account that a list leaves out for a while', () => {
	it('is no news when it is back', async () => {
		seed(ASHA, 'ACTIVE');
		seed(RAVI, 'ACTIVE');
		await poll();
		on.simulator.configure({ dialect: 'empty-array' });
		on.simulator.addFault({
			call: 'listAccounts',
			kind: 'statusAfter',
			status: 200,
			body: { object: 'list', list: [], total: 0 },
		});
		expect(await poll()).toBeNull();
		on.simulator.clearFaults();
		expect(await poll()).toBeNull();
	});
});

describe('more customers than a poll has time for', () => {
	const many = Array.from({ length: 60 }, (_, index) => `cst_many${index}`);

	it('are read over several polls, each from where the last one ended', async () => {
		on.simulator.seedCustomers(many);
		await poll(many);
		for (const customer of many) seed(customer, 'CREATED');
		const now = Date.now.bind(Date);
		const begunAt = now();
		// Time flies as soon as half of the customers were read in this poll.
		let limit = on.simulator.counters.requests.listAccounts + 30;
		jest
			.spyOn(Date, 'now')
			.mockImplementation(
				() => (on.simulator.counters.requests.listAccounts >= limit ? 36_000 : 0) + now() - begunAt,
			);
		const first = (await poll(many)) as string[];
		expect(first.length).toBeGreaterThanOrEqual(30);
		expect(first.length).toBeLessThan(60);
		limit = Infinity;
		const second = (await poll(many)) as string[];
		expect(first.length + second.length).toBe(60);
		expect(await poll(many)).toBeNull();
	});
});
