import type { JuspayClient } from '../../nodes/Juspay/http/client';
import {
	accountsOfCustomer,
	getAccount,
	getPerhapsDeleted,
	listAccounts,
	lookUntilSettled,
} from '../../nodes/Juspay/once/look';
import { createAccounts } from '../../nodes/Juspay/once';
import { LATE_EFFECT_MS } from '../../nodes/Juspay/once/doubts';
import type { Session } from '../../nodes/Juspay/once';
import { SETTINGS, upi } from './accounts';
import { JumpingClock } from './handClock';
import { answered, isGet, isList, meddle, MISSING, SmallJuspay } from './smallJuspay';

const ASHA = upi('asha@upi');
const RAVI = upi('ravi@upi');

/** Looks that show something only at the given one, or never; `stopsAt`: the workflow is stopped in that pause. */
async function play({
	showsAt = Infinity,
	stopsAt = Infinity,
	...options
}: {
	showsAt?: number;
	stopsAt?: number;
	immediately?: boolean;
	timeoutMs?: number;
}) {
	const clock = new JumpingClock();
	const client = {
		clock,
		get stopped() {
			return clock.pauses.length >= stopsAt;
		},
	} as unknown as JuspayClient;
	let looks = 0;
	const look = async () => (++looks >= showsAt ? 'seen' : undefined);
	const seen = await lookUntilSettled({ client } as Session, look, options);
	return { seen, looks, pauses: clock.pauses };
}

describe('looking until an outcome is settled', () => {
	it.each<[string, Parameters<typeof play>[0], Partial<Awaited<ReturnType<typeof play>>>]>([
		['looks three times', {}, { looks: 3, pauses: [2000, 4000, 6000] }],
		['ends with what it sees', { showsAt: 2 }, { seen: 'seen', looks: 2, pauses: [2000, 4000] }],
		['looks at once first', { immediately: true }, { looks: 4, pauses: [2000, 4000, 6000] }],
		['sees at once', { immediately: true, showsAt: 1 }, { seen: 'seen', looks: 1, pauses: [] }],
		[
			'looks as long as told',
			{ timeoutMs: 20_000 },
			{ looks: 5, pauses: [2000, 4000, 6000, 6000, 2000] },
		],
		['looks no shorter', { timeoutMs: 1000 }, { looks: 3, pauses: [2000, 4000, 6000] }],
		['ends with the workflow', { stopsAt: 2, showsAt: 2 }, { looks: 1, pauses: [2000, 4000] }],
		['does not begin when stopped', { stopsAt: 0 }, { looks: 0, pauses: [] }],
	])('%s', async (_, options, expected) => {
		expect(await play(options)).toEqual(expected);
	});

	it('lasts as long as a create may still take effect', async () => {
		const { pauses } = await play({});
		expect(pauses.reduce((sum, pause) => sum + pause)).toBe(LATE_EFFECT_MS);
	});
});

/** A Juspay where this process has created the accounts of Asha and Ravi. */
async function withCreated(): Promise<SmallJuspay> {
	const juspay = new SmallJuspay();
	const order = { customerId: 'c', accounts: [ASHA, RAVI], settings: SETTINGS, perRequest: 50 };
	await createAccounts(juspay.session(), { ...order, validate: false, onExisting: 'reuse' });
	juspay.requests.length = 0;
	return juspay;
}

const listed = async (juspay: SmallJuspay) => {
	const list = await listAccounts(juspay.session(), 'c', '');
	return list.ok ? list.value.accounts.map(({ id }) => id) : list.failure.code;
};

describe('a list', () => {
	it.each([
		['marked as deleted', { validation_status: 'ACTIVE', account_status: 'deleted' }],
		['whose status is DELETED', { validation_status: 'DELETED' }],
		['with deleted: true', { deleted: true }],
		['with deleted as text', { deleted: 'true' }],
	])('is without an account %s', async (_, mark) => {
		const juspay = await withCreated();
		juspay.shows = (kept) => ({ ...juspay.wire(kept), ...(kept.id === 'banh_1' && mark) });
		expect(await listed(juspay)).toEqual(['banh_2']);
	});

	it('that ends short of its total is whole with what Get shows of what it lacks', async () => {
		const juspay = await withCreated();
		juspay.answers = (call, perform) => {
			if (!call.path.includes('/list')) return perform();
			return answered(200, {
				list: call.path.includes('offset')
					? []
					: juspay.kept.slice(0, 1).map((kept) => juspay.wire(kept)),
				total,
			});
		};
		let total = 2;
		expect(await listed(juspay)).toEqual(['banh_1', 'banh_2']);
		expect(juspay.requests).toEqual(['get']);
		total = 3;
		expect(await listed(juspay)).toBe('UNFINISHED_LIST');
		juspay.kept.pop();
		await juspay.clock.pause(LATE_EFFECT_MS);
		expect(await listed(juspay)).toEqual(['banh_1']);
	});

	it('that ends short of its total is unfinished where Get can not say what it lacks', async () => {
		const juspay = await withCreated();
		const third = juspay.wire(juspay.put(upi('x@upi')));
		meddle(juspay, (call) => {
			if (isGet(call)) return call.path.includes('banh_2') ? answered(503) : undefined;
			return answered(200, { list: call.path.includes('offset') ? [] : [third], total: 2 });
		});
		expect(await listed(juspay)).toBe('UNFINISHED_LIST');
	});
});

describe('the accounts of a customer that must exist', () => {
	const accounts = async (juspay: SmallJuspay, stopWhen?: (found: unknown[]) => boolean) => {
		const found = await accountsOfCustomer(juspay.session(), 'c', '', stopWhen);
		return found.ok ? found.value.map(({ id }) => id) : found.failure.code;
	};

	it.each([
		['a list shows', undefined, MISSING, ['banh_1', 'banh_2']],
		['are none where there is no list, but the customer', MISSING, answered(200, { id: 'c' }), []],
		['are missing with the customer', MISSING, MISSING, 'NOT_FOUND'],
		['can not be read', answered(503), MISSING, 'UNAVAILABLE'],
	])('%s', async (_, list, customer, expected) => {
		const juspay = await withCreated();
		meddle(juspay, (call) => (isList(call) ? list : customer));
		expect(await accounts(juspay)).toEqual(expected);
	});

	it('are read up to enough that are there, and what was not read is not late', async () => {
		const juspay = await withCreated();
		juspay.put(upi('x@upi'));
		await juspay.clock.pause(60_000);
		let pages = 0;
		meddle(juspay, (call) => {
			const page = juspay.kept.slice(pages, ++pages).map((kept) => juspay.wire(kept));
			if (pages === 1) Object.assign(page[0] as object, { deleted: true });
			return isList(call) ? answered(200, { list: page, total: 3 }) : undefined;
		});
		expect(await accounts(juspay, ({ length }) => length > 0)).toEqual(['banh_2']);
		expect(pages).toBe(2);
		juspay.kept.reverse();
		pages = 0;
		expect(await accounts(juspay, ({ length }) => length > 0)).toEqual(['banh_2']);
		meddle(juspay, () => undefined);
		await accounts(juspay);
		expect(juspay.process.memory.settleMs('')).toBe(LATE_EFFECT_MS);
	});
});

describe('a Get', () => {
	it('of what this process has just created is asked again after a 404: a replica may be late', async () => {
		const juspay = await withCreated();
		let gets = 0;
		juspay.answers = (_, perform) =>
			++gets < 3 ? answered(404, { error_code: 'object_not_found' }) : perform();
		const got = await getAccount(juspay.session(), 'c', 'banh_1', '');
		expect(got).toMatchObject({ ok: true, value: { id: 'banh_1' } });
		expect(gets).toBe(3);
	});

	it('of anything else is not', async () => {
		const juspay = await withCreated();
		const got = await getAccount(juspay.session(), 'c', 'banh_9', '');
		expect(got).toMatchObject({ failure: { kind: 'missing' } });
		expect(juspay.requests).toEqual(['get']);
	});

	it('of one of which a delete is in doubt says nothing after a Stop', async () => {
		const juspay = await withCreated();
		juspay.process.memory.deleteInDoubt('banh_1', juspay.clock.now());
		const stop = new AbortController();
		juspay.clock.pause = async () => stop.abort();
		const got = await getPerhapsDeleted(juspay.session({ signal: stop.signal }), 'c', 'banh_1', '');
		expect(got).toMatchObject({ ok: false, failure: { kind: 'stopped', effect: 'none' } });
	});

	it('of an account that is marked as deleted shows none, in words of its own', async () => {
		const juspay = await withCreated();
		juspay.shows = (kept) => ({ ...juspay.wire(kept), validation_status: 'DELETED' });
		const got = await getAccount(juspay.session(), 'c', 'banh_1', '');
		expect(got).toMatchObject({ failure: { kind: 'missing', code: 'NOT_FOUND' } });
	});
});
