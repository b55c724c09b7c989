import { upi } from './accounts';
import type { Execution } from './smallJuspay';
import {
	answered,
	createIn,
	isCreate,
	isList,
	meddle,
	SmallJuspay,
	toldWithEffect,
} from './smallJuspay';

const CUSTOMERS = ['c', 'd', 'e'];

/** Creates an account for each of three customers at once, none of whom has one. */
async function createForAll(juspay: SmallJuspay, execution: Execution = {}): Promise<string[]> {
	const session = juspay.session(execution);
	const made = CUSTOMERS.map(
		async (customerId) => await createIn(session, [upi(`${customerId}@upi`)], { customerId }),
	);
	return (await Promise.all(made)).map(toldWithEffect);
}

describe('while no list has shown a new account', () => {
	it('one create rests on an empty list, and the others wait for what the list shows then', async () => {
		const juspay = new SmallJuspay();
		expect(await createForAll(juspay)).toEqual([1, 2, 3].map((count) => `banh_${count} created`));
		const lists = ['list', 'list', 'list'];
		expect(juspay.requests).toEqual([...lists, 'create 1', 'list', 'create 1', 'create 1']);
	});

	it('the next one is followed by a look again where the first was refused', async () => {
		const juspay = new SmallJuspay();
		juspay.refuses = (account) => ('vpa' in account && account.vpa === 'c@upi' ? 'No' : undefined);
		expect(await createForAll(juspay)).toEqual([
			'REFUSED none',
			'banh_1 created',
			'banh_2 created',
		]);
		const lists = ['list', 'list', 'list'];
		const creates = ['create 1', 'create 1', 'list', 'create 1'];
		expect(juspay.requests).toEqual([...lists, ...creates]);
	});

	it('no other create rests on one while what was created is in no list', async () => {
		const juspay = new SmallJuspay();
		juspay.lists = () => [];
		const [first, ...others] = await createForAll(juspay);
		expect(first).toBe('banh_1 created');
		expect(others).toEqual(['EMPTY_LIST none', 'EMPTY_LIST none']);
		// Lists may only be late: whether it is gone is not asked yet.
		expect(juspay.requests).not.toContain('get');
		expect(juspay.requests.filter((request) => request === 'create 1')).toHaveLength(1);
	});

	it('none rests on one for the customer of whom Get shows what the list lacks', async () => {
		const juspay = new SmallJuspay();
		juspay.lists = () => [];
		await createIn(juspay.session(), [upi('c@upi')]);
		const made = await createIn(juspay.session(), [upi('c@upi'), upi('d@upi')]);
		expect(toldWithEffect(made)).toBe('banh_1 existing, EMPTY_LIST none');
	});

	it('a list that is not read to its end shows it too', async () => {
		const juspay = new SmallJuspay();
		meddle(juspay, (call) => {
			const list = juspay.kept.filter(({ customerId }) => customerId === call.customerId);
			if (!isList(call) || list.length === 0) return undefined;
			return answered(200, { list: list.map(juspay.shows), has_more: true });
		});
		expect(await createForAll(juspay)).toEqual([1, 2, 3].map((count) => `banh_${count} created`));
	});

	it('a look that fails is not repeated', async () => {
		const juspay = new SmallJuspay();
		let lists = 0;
		juspay.answers = (call, perform) =>
			call.method === 'GET' && ++lists > 1 ? answered(403, {}) : perform();
		const [made] = await createIn(juspay.session(), [upi('c@upi')]);
		expect(made).toMatchObject({ account: { id: 'banh_1' }, outcome: 'created' });
		expect(lists).toBe(2);
	});

	it('the look ends with the first list that shows one, whatever another customer was given meanwhile', async () => {
		const juspay = new SmallJuspay();
		juspay.answers = (call, perform) => {
			const fact = { customerId: 'f', account: upi('f@upi'), routingId: '' };
			if (isCreate(call)) juspay.process.memory.know('banh_f', fact, true, juspay.clock.now());
			return perform();
		};
		await createForAll(juspay);
		const lists = ['list', 'list', 'list'];
		expect(juspay.requests).toEqual([...lists, 'create 1', 'list', 'create 1', 'create 1']);
	});

	it('those that wait send nothing once the workflow is stopped', async () => {
		const juspay = new SmallJuspay();
		const controller = new AbortController();
		juspay.answers = (call, perform) => {
			const answer = perform();
			if (call.method === 'POST') controller.abort();
			return call.method === 'POST' ? answered(502) : answer;
		};
		expect(await createForAll(juspay, { signal: controller.signal })).toEqual([
			'MAY_EXIST unknown',
			'STOPPED none',
			'STOPPED none',
		]);
		expect(juspay.requests.filter((request) => request === 'create 1')).toHaveLength(1);
	});
});
