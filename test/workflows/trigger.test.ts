import type { IDataObject, INode, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { listenToLog, nodeDescription, pollTrigger, JUSPAY_TRIGGER_TYPE } from '../engine';
import type { PollOptions } from '../engine';
import { buildWorkflow } from '../engine/workflow';
import { ASHA, IFSC, numberEnding, RAVI, stage } from './stage';

const on = stage({ pageSize: 2 });

/** What the trigger keeps between polls. */
let memory: IDataObject;
beforeEach(() => {
	memory = {};
});

type Parameters = NonNullable<PollOptions['parameters']>;

/** Polls once; customer Asha and all events unless said otherwise. */
const poll = async (parameters: Parameters = {}, more: PollOptions = {}) => {
	const { items } = await pollTrigger({
		credential: on.credential,
		staticData: memory,
		...more,
		parameters: {
			customerIds: ASHA,
			events: ['active', 'created', 'failure', 'pending'],
			...parameters,
		},
	});
	return items?.map(({ json }) => json) ?? null;
};

/** What a poll reports, as status by account ID. */
const news = async (parameters: Parameters = {}, more: PollOptions = {}) =>
	(await poll(parameters, more))?.map(({ customerAccountId, validationStatus }) => [
		customerAccountId,
		validationStatus,
	]) ?? null;

const whatItThrows = async (parameters: Parameters = {}) =>
	await poll(parameters).then(
		() => undefined,
		(error: { message: string; description?: string }) => error,
	);

const upi = (vpa: string, status: string, customer = ASHA) =>
	on.simulator.seedAccount(customer, { vpa }, status);

describe('the first poll', () => {
	it('learns where things stand and reports nothing', async () => {
		upi('asha@upi', 'ACTIVE');
		expect(await poll()).toBeNull();
		expect(await poll()).toBeNull();
	});

	it('reports what stands so already, once, where the user wants it', async () => {
		const id = upi('asha@upi', 'ACTIVE');
		upi('rao@upi', 'PENDING');
		const wants = { events: ['active'], options: { emitExisting: true } };
		expect(await news(wants)).toEqual([[id, 'ACTIVE']]);
		expect(await news(wants)).toBeNull();
	});
});

describe('a change', () => {
	it('is reported once, as an account is shown elsewhere: simplified and masked', async () => {
		const id = on.simulator.seedAccount(
			ASHA,
			{ accountNumber: numberEnding('1191'), ifsc: IFSC },
			'PENDING',
		);
		await poll();
		on.simulator.setStatus(id, 'FAILURE');
		expect(await poll()).toEqual([
			{
				customerAccountId: id,
				customerId: ASHA,
				type: 'bankAccount',
				validationStatus: 'FAILURE',
				account: 'XXXXXXXXXXX1191',
				ifsc: IFSC,
				beneficiaryName: null,
				lastValidated: expect.any(String),
				outcome: null,
				validation: null,
				previousStatus: 'PENDING',
			},
		]);
		expect(await poll()).toBeNull();
	});

	it("is Juspay's own object where Simplify is off", async () => {
		const id = upi('asha@upi', 'PENDING');
		await poll();
		on.simulator.setStatus(id, 'ACTIVE');
		const [item, ...more] = (await poll({ simplify: false })) ?? [];
		expect(item).toMatchObject({ object: 'customer_account', id, validation_status: 'ACTIVE' });
		expect(item).not.toHaveProperty('previousStatus');
		expect(more).toEqual([]);
	});

	it('is reported once across restarts and deactivation: what is kept is plain JSON', async () => {
		const id = upi('asha@upi', 'PENDING');
		await poll();
		on.simulator.setStatus(id, 'ACTIVE');
		memory = JSON.parse(JSON.stringify(memory)) as IDataObject;
		expect(await news({}, { activation: 'init' })).toEqual([[id, 'ACTIVE']]);
		memory = JSON.parse(JSON.stringify(memory)) as IDataObject;
		expect(await news({}, { activation: 'activate' })).toBeNull();
	});
});

describe('the chosen events', () => {
	it('are chosen under Trigger On, Account Active and Validation Failed where nobody chose', async () => {
		const { properties } = await nodeDescription(JUSPAY_TRIGGER_TYPE);
		const {
			displayName,
			default: chosen,
			options,
		} = properties.find(({ name }) => name === 'events') as INodeProperties;
		expect({ displayName, chosen }).toEqual({
			displayName: 'Trigger On',
			chosen: ['active', 'failure'],
		});
		expect((options as INodePropertyOptions[]).map(({ name, value }) => [name, value])).toEqual([
			['Account Active', 'active'],
			['Account Created', 'created'],
			['Validation Failed', 'failure'],
			['Validation Pending', 'pending'],
		]);
	});

	it('may be given by an expression, in each form that unit/kinds knows', async () => {
		const events = '={{ "Account Active; Failure" }}';
		await poll({ events });
		const [active, failure] = ['ACTIVE', 'FAILURE', 'CREATED'].map((status) =>
			upi(`${status.toLowerCase()}@upi`, status),
		);
		expect(await news({ events })).toEqual([
			[active, 'ACTIVE'],
			[failure, 'FAILURE'],
		]);
	});

	it.each([
		['={{ ["validated"] }}', "'Trigger On' is set to an unknown value"],
		['={{ 7 }}', "'Trigger On' "],
		['={{ [] }}', "'Trigger On' is empty"],
	])('can not be anything: %s says what is wrong', async (events, message) => {
		const error = await whatItThrows({ events });
		expect(error?.message).toContain(message);
		expect(error?.description).toMatch(/\.$/);
		expect(on.simulator.counters.requestsTotal).toBe(0);
	});
});

describe('the watched customers', () => {
	it.each([
		['in lines and by commas, several times', `\n ${ASHA} ,\n\n\t${RAVI}\n${ASHA}`],
		['by an expression that gives an array', `={{ ['${ASHA}', '${RAVI}', ' ${ASHA} '] }}`],
	])('may be given %s, or in another form that unit/kinds knows', async (_, customerIds) => {
		await poll({ customerIds });
		expect(on.sent('listAccounts').map(({ path }) => path.split('/')[2])).toEqual([ASHA, RAVI]);
	});

	it.each(['', '={{ [] }}', '={{ null }}'])(
		'can not be none: %j says what to do',
		async (customerIds) => {
			const error = await whatItThrows({ customerIds });
			expect(error?.message).toMatch(/'Customer IDs' is empty|required|issues/);
			expect(on.simulator.counters.requestsTotal).toBe(0);
		},
	);

	it.each(['={{ [{ "id": "cst_asha" }] }}', 'cst_äsha'])(
		'can not be anything: %s says what is wrong',
		async (customerIds) => {
			const error = await whatItThrows({ customerIds });
			expect(error?.message).toMatch(/^One of the 'Customer IDs' /);
			expect(error?.description).toMatch(/\.$/);
		},
	);

	it('leave no account number and no UPI ID in what is kept', async () => {
		upi('9164326296@upi', 'ACTIVE');
		on.simulator.seedAccount(ASHA, { accountNumber: numberEnding('1191'), ifsc: IFSC });
		await poll();
		expect(JSON.stringify(memory)).not.toMatch(/9164326296|0262918/);
	});

	it('are many, and are asked about a few at a time', async () => {
		const customers = Array.from({ length: 60 }, (_, index) => `cst_many_${index}`);
		on.simulator.seedCustomers(customers);
		on.simulator.configure({ latencyMs: 20 });
		const ids = customers.map((customer) => upi('someone@upi', 'PENDING', customer));
		await poll({ customerIds: customers.join('\n') });
		on.simulator.setStatus(ids[59] ?? '', 'ACTIVE');
		expect(await news({ customerIds: customers.join('\n') })).toEqual([[ids[59], 'ACTIVE']]);
		expect(on.sent('listAccounts')).toHaveLength(120);
		expect(on.simulator.counters.peakInFlight).toBeGreaterThan(5);
		expect(on.simulator.counters.peakInFlight).toBeLessThanOrEqual(20);
	});
});

describe('a customer that can not be read', () => {
	const BOTH = { customerIds: [RAVI, ASHA].join('\n') };
	/** Strikes Ravi's list alone: he comes first, and each poll asks for each customer's once. */
	const raviFails = () =>
		on.simulator.addFault({
			call: 'listAccounts',
			kind: 'status',
			status: 400,
			body: { status: 'error', error_code: 'invalid_request' },
			times: 1,
		});
	const logged: string[] = [];
	beforeEach(() => {
		logged.length = 0;
		listenToLog((message) => logged.push(String(message)));
	});
	afterEach(() => listenToLog(undefined));

	it("stands in n8n's log, in numbers and with the reason", async () => {
		await poll(BOTH);
		raviFails();
		await poll(BOTH);
		expect(logged.join('\n')).toMatch(/1 of 2 customers could not be read/);
	});

	it('is asked again at once where that may help', async () => {
		const id = upi('asha@upi', 'PENDING');
		await poll();
		on.simulator.setStatus(id, 'ACTIVE');
		on.simulator.addFault({ call: 'listAccounts', kind: 'dropBefore', times: 1 });
		expect(await news()).toEqual([[id, 'ACTIVE']]);
	});
});

describe('"Fetch test event"', () => {
	const TEST: PollOptions = { mode: 'manual' };

	it('shows accounts that have one of the chosen statuses, and no others', async () => {
		upi('rao@upi', 'PENDING');
		const id = upi('asha@upi', 'ACTIVE');
		expect(await news({ events: ['active'] }, TEST)).toEqual([[id, 'ACTIVE']]);
	});

	it.each([
		['accounts in other statuses only', true],
		['no accounts at all', false],
	])('says that there is none yet, and what to do, where there are %s', async (_, hasOther) => {
		if (hasOther) upi('rao@upi', 'PENDING');
		await expect(poll({ events: ['active'] }, TEST)).rejects.toMatchObject({
			message: "No account has a status selected in 'Trigger On' yet",
			description: expect.stringContaining('can be activated without a test event'),
		});
	});

	it('shows what is there where some customers can not be read', async () => {
		const id = upi('asha@upi', 'ACTIVE');
		on.simulator.addFault({ call: 'listAccounts', kind: 'status', status: 403, times: 1 });
		expect(await news({ customerIds: `${RAVI}\n${ASHA}` }, TEST)).toEqual([[id, 'ACTIVE']]);
	});

	it('shows what is there where Juspay does not know some customers', async () => {
		const id = upi('asha@upi', 'ACTIVE');
		expect(await news({ customerIds: `cst_nobody\n${ASHA}` }, TEST)).toEqual([[id, 'ACTIVE']]);
	});

	it.each([
		['cst_nobody', undefined, /^Juspay has no customer cst_nobody$/],
		[RAVI, 403, /^1 of 2 customers can't be read: /],
	])('says what keeps it from showing any: %s, %s', async (other, status, message) => {
		if (status) on.simulator.addFault({ call: 'listAccounts', kind: 'status', status, times: 1 });
		const customerIds = `${other}\n${ASHA}`;
		await expect(poll({ customerIds }, TEST)).rejects.toMatchObject({
			message: expect.stringMatching(message),
		});
	});

	it('shows the same again each time, and neither reads nor changes what is kept', async () => {
		const id = upi('asha@upi', 'PENDING');
		await poll();
		const before = structuredClone(memory);
		on.simulator.setStatus(id, 'ACTIVE');
		expect(await news({}, TEST)).toEqual([[id, 'ACTIVE']]);
		expect(await news({}, TEST)).toEqual([[id, 'ACTIVE']]);
		expect(memory).toEqual(before);
		expect(await news()).toEqual([[id, 'ACTIVE']]);
	});

	it('shows ten at most', async () => {
		for (let index = 0; index < 15; index++) upi(`asha${index}@upi`, 'ACTIVE');
		expect(await poll({}, TEST)).toHaveLength(10);
	});
});

describe('in the editor', () => {
	it('the trigger is one that n8n polls', async () => {
		const description = await nodeDescription(JUSPAY_TRIGGER_TYPE);
		expect(description).toMatchObject({ polling: true, group: ['trigger'], inputs: [] });
	});

	it.each([
		[['active', 'failure'], 'Account Active, Validation Failed'],
		[['created', 'pending'], 'Account Created, Validation Pending'],
		['={{ ["pending"] }}', 'Validation Pending'],
		['={{ "FAILURE; Account Active" }}', 'Validation Failed, Account Active'],
		[[], ''],
	])('the canvas shows the events %j', async (events, shown) => {
		const workflow = await buildWorkflow({
			nodes: [
				{
					name: 'Juspay Trigger',
					type: JUSPAY_TRIGGER_TYPE,
					parameters: { customerIds: ASHA, events },
				},
			],
		});
		const node = workflow.getNode('Juspay Trigger') as INode;
		const { subtitle } = await nodeDescription(JUSPAY_TRIGGER_TYPE);
		expect(
			workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {}, undefined, ''),
		).toBe(shown);
	});
});
