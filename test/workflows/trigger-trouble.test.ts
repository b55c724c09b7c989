import type { IDataObject, NodeApiError } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { PollOptions } from '../engine';
import { listenToLog, pollTrigger, restart } from '../engine';
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

const ONLY_FAILURE: Partial<PollOptions> = { parameters: { events: ['failure'] } };

/** Polls once; gives the statuses that are reported, or the message that the poll fails with. */
const poll = async (
	customers: string[] = BOTH,
	{ parameters, ...more }: Partial<PollOptions> = {},
): Promise<string[] | string | null> => {
	outages = [];
	try {
		const { items, errors } = await pollTrigger({
			credential: on.credential,
			staticData: memory,
			...more,
			parameters: {
				customerIds: customers.join('\n'),
				events: ['active', 'created', 'failure', 'pending'],
				...parameters,
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

// First: after a restart, the trigger shares nothing with the node of these tests any more.
describe('a validation that another system has sent after one of this process', () => {
	const TOLD = /^(Juspay Trigger: )?Validated once more since this n8n process did it: banh_\w+\. /;
	const validatedElsewhere = async (...customers: string[]) => {
		const ids = customers.map((customer) => seed(customer, 'CREATED'));
		for (const [at, id] of ids.entries()) {
			const customerAccountId = { __rl: true, mode: 'id', value: id };
			await on.run('validate', {
				parameters: { customerId: customers[at] ?? '', customerAccountId },
			});
		}
		await poll();
		expect(outages).toEqual([]);
		await sleep(2100);
		for (const id of ids) on.simulator.setStatus(id, 'FAILURE');
	};

	it('is told by the poll that sees it, once, and together with others', async () => {
		await validatedElsewhere(ASHA, RAVI);
		expect(await poll()).toEqual(['FAILURE', 'FAILURE']);
		expect(outages).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(TOLD),
				description: expect.stringMatching(TOLD),
			}),
		]);
		await poll();
		expect(outages).toEqual([]);
	});

	it('is written to the log where a test event is fetched', async () => {
		const logged: string[] = [];
		listenToLog((message) => logged.push(String(message)));
		await validatedElsewhere(ASHA);
		expect(await poll(BOTH, { mode: 'manual' })).toEqual(['FAILURE']);
		listenToLog(undefined);
		expect(logged).toContainEqual(expect.stringMatching(TOLD));
	});
});

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
					/^1 of 2 customers can't be read: Juspay doesn't accept requests from/,
				),
				description: expect.stringMatching(
					new RegExp(String.raw` Customer: ${RAVI}\. This is reported once\.$`),
				),
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

describe('customers of whom Juspay says different things', () => {
	it('are told together where these mean the same', async () => {
		await poll();
		for (let polls = 0; polls < 2; polls++) {
			on.simulator.clearFaults();
			for (const skip of [0, 1]) {
				const body = { error_code: 'blocked', error_message: `${BOTH[skip]} is blocked` };
				const fault = { call: 'listAccounts', kind: 'status', status: 400, body } as const;
				on.simulator.addFault({ ...fault, skip, times: 1 });
			}
			await poll([...BOTH, 'cst_new']);
		}
		expect(outages).toHaveLength(1);
		expect(outages[0]?.message).toMatch(/^2 of 3 customers can't be read: .* is blocked$/);
	});
});

describe('where nobody can be read', () => {
	it('the poll fails at once, then is silent, and what was known is kept', async () => {
		const id = seed(ASHA, 'PENDING');
		await poll();
		on.simulator.addFault({ call: 'listAccounts', kind: 'status', status: 403 });
		expect(await poll()).toMatch(/^Juspay doesn't accept requests from/);
		expect(await poll()).toBeNull();
		on.simulator.clearFaults();
		on.simulator.setStatus(id, 'ACTIVE');
		expect(await poll()).toEqual(['ACTIVE']);
	});
});

describe('what is said where nobody can be read', () => {
	const told = async (status: number, options: Partial<PollOptions> = {}) => {
		on.simulator.addFault({ call: 'listAccounts', kind: 'status', status });
		const parameters = { customerIds: ASHA };
		const polled = pollTrigger({ credential: on.credential, parameters, ...options });
		return await polled.then(
			() => '',
			(error: NodeApiError) => error.description ?? '',
		);
	};

	it.each<[string, Partial<PollOptions>]>([
		['at activation', {}],
		['by Fetch Test Event', { mode: 'manual' }],
	])('%s, it is said each time, and does not call itself a report', async (_, options) => {
		expect(await told(401, options)).toMatch(/ Juspay says: .*\. Customer: cst_asha\.$/);
	});

	it('names no option and no run that a trigger does not have', async () => {
		expect(await told(429)).toMatch(
			/^Poll less often, or run fewer workflows at the same time\. The next poll tries again\. Juspay/,
		);
	});
});

describe('what n8n is told about a poll in which nobody can be read', () => {
	it.each([
		['a rejected key', { status: 401 }, { cause: 'credential-invalid' }],
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

describe('an activation during an outage', () => {
	it.each([
		['that is the first', []],
		['of a list that is all new', ['cst_new']],
	])('%s fails each time, and nothing is kept', async (_, before) => {
		on.simulator.seedCustomers(['cst_new']);
		if (before.length > 0) await poll(before);
		const saved = structuredClone(memory);
		on.simulator.addFault({ kind: 'status', status: 401 });
		for (let attempt = 0; attempt < 3; attempt++) {
			expect(await poll()).toBe('Juspay rejected the API key');
		}
		expect(memory).toEqual(saved);
		on.simulator.clearFaults();
		expect(await poll()).toBeNull();
	});

	it('after a restart is no obstacle: it is told, once, and n8n goes on polling', async () => {
		const id = seed(ASHA, 'PENDING');
		await poll();
		restart();
		on.simulator.addFault({ kind: 'status', status: 401 });
		const init = { activation: 'init' as const, isActivation: true };
		expect(await poll(BOTH, init)).toBeNull();
		expect(outages).toEqual([expect.objectContaining({ message: 'Juspay rejected the API key' })]);
		expect(await poll(BOTH, init)).toBeNull();
		expect(outages).toEqual([]);
		on.simulator.clearFaults();
		on.simulator.setStatus(id, 'FAILURE');
		expect(await poll(BOTH, init)).toEqual(['FAILURE']);
		expect(outages.map(({ message }) => message)).toEqual(['2 of 2 customers can be read again']);
	});
});

describe('customers that Juspay does not know', () => {
	it.each([
		['a typo', 'cst_ashha', 'cst_ashha'],
		['a UPI ID, masked', 'asha@upi', '****@upi'],
	])('%s: is named once, while the others are watched', async (_, customer, name) => {
		const id = seed(ASHA, 'PENDING');
		expect(await poll([ASHA, customer])).toBeNull();
		expect(outages).toEqual([
			expect.objectContaining({
				message: `Juspay has no customer ${name}`,
				description:
					"Check the ID in 'Customer IDs', and that it belongs to the environment of the Juspay credential. It is watched as soon as it exists. This is reported once.",
			}),
		]);
		on.simulator.setStatus(id, 'FAILURE');
		expect(await poll([ASHA, customer])).toEqual(['FAILURE']);
		expect(outages).toEqual([]);
		expect(await poll([ASHA, customer])).toBeNull();
		expect(outages).toEqual([]);
		expect(on.sent('getCustomer')).toHaveLength(1);
	});

	it('are all named together', async () => {
		const future = Array.from({ length: 25 }, (_, index) => `cst_future_${index}`);
		expect(await poll([ASHA, ...future])).toBeNull();
		expect(outages).toHaveLength(1);
		expect(outages[0]).toMatchObject({
			message: "Juspay doesn't know 25 of 26 customers",
			description: expect.stringContaining('cst_future_19 and 5 more'),
		});
	});

	it('are not named where Juspay does not say', async () => {
		on.simulator.addFault({ call: 'getCustomer', kind: 'status', status: 403 });
		expect(await poll([ASHA, 'cst_ashha'])).toBeNull();
		expect(outages).toEqual([]);
	});
});

describe('a restart of n8n', () => {
	/** Sets a status as if a minute had passed: Juspay's times are in seconds. */
	const later = async (id: string, status: string) => {
		await sleep(1100);
		on.simulator.setStatus(id, status);
	};

	it('hides no second failure, though n8n has not saved what came in between', async () => {
		const id = seed(ASHA, 'PENDING');
		await poll();
		on.simulator.setStatus(id, 'FAILURE');
		expect(await poll(BOTH, ONLY_FAILURE)).toEqual(['FAILURE']);
		on.simulator.setStatus(id, 'PENDING');
		expect(await poll(BOTH, ONLY_FAILURE)).toBeNull();
		restart();
		await later(id, 'FAILURE');
		expect(await poll(BOTH, ONLY_FAILURE)).toEqual(['FAILURE']);
		restart();
		expect(await poll(BOTH, ONLY_FAILURE)).toBeNull();
	});
});

describe("n8n's own scheduler, which saves only what is reported", () => {
	it.each([false, true])('tells an outage once; with durable cursors: %s', async (hasCursors) => {
		seed(ASHA, 'PENDING');
		await poll();
		const told = [];
		for (let minute = 0; minute < 4; minute++) {
			on.simulator.clearFaults();
			await refuse(RAVI, 403, 1);
			await poll(BOTH, { hasCursors });
			told.push(outages.length);
		}
		expect(told).toEqual([0, 1, 0, 0]);
	});

	it('may give a poll less time', async () => {
		on.simulator.configure({ latencyMs: 20_000 });
		const begun = Date.now();
		expect(await poll(BOTH, { budgetMs: 1000 })).toMatch(/^Juspay did not answer within 1 second/);
		expect(Date.now() - begun).toBeLessThan(5000);
	});

	/** Reports a change; returns what n8n had saved before. */
	async function reportFailure() {
		const id = seed(ASHA, 'PENDING');
		await poll();
		const before = structuredClone(memory);
		on.simulator.setStatus(id, 'FAILURE');
		expect(await poll()).toEqual(['FAILURE']);
		return before;
	}

	it('may begin a poll with what it had saved before the last report', async () => {
		const before = await reportFailure();
		const requests = on.simulator.counters.requestsTotal;
		expect(await poll(BOTH, { staticData: structuredClone(before) })).toBeNull();
		expect(on.simulator.counters.requestsTotal).toBe(requests);
		expect(await poll()).toBeNull();
	});

	it('may drop what was reported: it is reported again', async () => {
		const before = await reportFailure();
		const now = Date.now.bind(Date);
		jest.spyOn(Date, 'now').mockImplementation(() => now() + 60_000);
		expect(await poll(BOTH, { staticData: before })).toEqual(['FAILURE']);
		expect(await poll(BOTH, { staticData: before })).toBeNull();
	});

	it('may begin a poll while another one is under way', async () => {
		const id = seed(ASHA, 'PENDING');
		await poll();
		on.simulator.setStatus(id, 'FAILURE');
		on.simulator.configure({ latencyMs: 300 });
		const both = await Promise.all([poll(), poll()]);
		expect(both).toContainEqual(['FAILURE']);
		expect(both).toContainEqual(null);
		on.simulator.configure({ latencyMs: 0 });
		expect(await poll()).toBeNull();
	});
});

describe('a memory that is damaged', () => {
	it.each([
		['without its accounts', (saved: IDataObject) => ({ ...saved, accounts: undefined })],
		[
			'with nothing in place of its accounts',
			(saved: IDataObject) => ({ ...saved, accounts: null }),
		],
		['with text in place of its customers', (saved: IDataObject) => ({ ...saved, customers: 'c' })],
	])('%s, is begun anew', async (_, damage) => {
		const id = seed(ASHA, 'FAILURE');
		await poll();
		restart();
		memory = damage(memory);
		const init = { activation: 'init' as const, isActivation: true };
		expect(await poll(BOTH, init)).toBeNull();
		on.simulator.setStatus(id, 'ACTIVE');
		expect(await poll()).toEqual(['ACTIVE']);
	});
});

describe('the memory of another', () => {
	it.each<[string, Partial<PollOptions>]>([
		['workflow, of which this is a copy', { workflowId: 'copy' }],
		['node of the same name', { nodeId: 'another' }],
	])('%s, is not taken for its own', async (_, owner) => {
		const id = seed(ASHA, 'PENDING');
		await poll();
		on.simulator.setStatus(id, 'FAILURE');
		expect(await poll(BOTH, { ...owner, isActivation: true })).toBeNull();
		await sleep(1100);
		on.simulator.setStatus(id, 'FAILURE');
		expect(await poll(BOTH, owner)).toEqual(['FAILURE']);
	});
});

describe('a credential for another host', () => {
	it('begins anew: what is there already is no news', async () => {
		seed(ASHA, 'PENDING');
		const { baseUrl } = on.credential;
		const elsewhere = String(baseUrl).replace('127.0.0.1', 'localhost');
		expect(elsewhere).not.toBe(baseUrl);
		await poll();
		seed(ASHA, 'ACTIVE');
		expect(await poll(BOTH, { credential: { ...on.credential, baseUrl: elsewhere } })).toBeNull();
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
