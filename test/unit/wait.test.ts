import { waitForValidation } from '../../nodes/Juspay/once';
import type { CustomerAccount } from '../../nodes/Juspay/account/types';
import { registered, upi } from './accounts';
import { answered, SmallJuspay } from './smallJuspay';

/** Waits for accounts of one customer; each stays as it is unless `read` says otherwise. */
async function wait(
	timeoutMs: number,
	count: number,
	{
		read = () => 'PENDING',
		validation,
		twice = false,
		lists,
		fails = false,
	}: {
		read?: () => string;
		validation?: string;
		twice?: boolean;
		lists?: SmallJuspay['lists'];
		/** Whether Juspay is down. */
		fails?: boolean;
	} = {},
) {
	const juspay = new SmallJuspay();
	juspay.requestMs = 0;
	const kept = Array.from({ length: count }, (_, index) => juspay.put(upi(`${index}@upi`)));
	const times: number[] = [];
	const begun = juspay.clock.now();
	const first = read();
	juspay.shows = (one) => ({
		...juspay.wire(one),
		validation_status: one.status.startsWith('LATE ') ? one.status.slice(5) : read(),
	});
	if (lists) juspay.lists = lists;
	juspay.answers = (_, perform) => {
		times.push(juspay.clock.now() - begun);
		return fails ? answered(503) : perform();
	};
	const waiting = [...kept, ...(twice ? kept : [])].map(({ id, account }) => ({
		customerId: 'c',
		routingId: '',
		account: registered(id, account, { status: first }) as CustomerAccount,
		validation,
	}));
	const changed = await waitForValidation(juspay.session(), waiting, timeoutMs, 5);
	return { requests: juspay.requests, times, changed, until: juspay.clock.now() - begun };
}

/** One status after another, the last one for ever. */
function coming(...statuses: string[]): () => string {
	return () => (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? '';
}

describe('the pauses of a wait for validation', () => {
	it('grow from one second to ten', async () => {
		const { times } = await wait(60_000, 1);
		const pauses = times.map((at, index) => at - (times[index - 1] ?? 0));
		expect(pauses.slice(0, 6)).toEqual([1000, 1500, 2250, 3375, 5062.5, 7593.75]);
		expect(pauses.slice(6, -1).every((pause) => pause === 10_000)).toBe(true);
	});

	it('never go beyond the time given, and the last look is at its end', async () => {
		const { times, until } = await wait(3000, 1);
		expect([until, times.at(-1)]).toEqual([3000, 3000]);
	});

	it('end as soon as nothing is under way', async () => {
		const { changed, until } = await wait(60_000, 1, {
			read: coming('PENDING', 'PENDING', 'FAILURE'),
		});
		expect(until).toBe(2500);
		expect(changed.get('banh_1')?.status).toBe('FAILURE');
	});
});

describe('a wait for validation', () => {
	it.each([
		['started', 3],
		['alreadyStarted', 3],
		['notNeeded', 0],
		[undefined, 0],
	])('waits for CREATED where the validation is %s: %i looks', async (validation, looks) => {
		const read = coming('CREATED', 'CREATED', 'PENDING', 'ACTIVE');
		const { requests, changed } = await wait(60_000, 1, { read, validation });
		expect(requests).toHaveLength(looks);
		expect(changed.get('banh_1')?.status).toBe(looks > 0 ? 'ACTIVE' : undefined);
	});

	it('costs one list for several accounts of a customer, and a Get for what the list lacks', async () => {
		expect((await wait(1000, 3)).requests).toEqual(['list']);
		const lacking = await wait(1000, 3, { lists: (kept) => kept.slice(0, 2) });
		expect(lacking.requests).toEqual(['list', 'get']);
		expect(lacking.changed.size).toBe(3);
	});

	it.each(['CREATED', 'FAILURE', ''])(
		'asks Get for what a late list shows at %j',
		async (status) => {
			const lists: SmallJuspay['lists'] = (kept) =>
				kept.map((one, index) => (index < 2 ? { ...one, status: `LATE ${status}` } : one));
			const late = await wait(1000, 3, { lists });
			expect(late.requests).toEqual(['list', 'get', 'get']);
			expect([...late.changed.values()].map(({ status }) => status)).toEqual([
				'PENDING',
				'PENDING',
				'PENDING',
			]);
		},
	);

	it('costs one Get where the same account is waited for several times', async () => {
		expect((await wait(1000, 1, { twice: true })).requests).toEqual(['get']);
	});

	it.each([1, 2])('leaves accounts that can not be read as they are: %i', async (count) => {
		expect((await wait(3000, count, { fails: true })).changed.size).toBe(0);
	});
});
