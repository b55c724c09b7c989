import type { Answer } from '../../nodes/Juspay/http/transport';
import { deleteAccounts } from '../../nodes/Juspay/once';
import { SETTINGS, upi } from './accounts';
import { settle } from './handClock';
import {
	answered,
	createIn,
	LOST,
	meddle,
	MISSING,
	SmallJuspay,
	toldWithEffect,
} from './smallJuspay';

const REFUSED = answered(400, { error_info: { code: 'INVALID_INPUT' } });
const DOWN = answered(503);
const GONE = answered(200, { id: 'banh_1', status: 'DELETED' });
const THERE = answered(200, { id: 'banh_1', validation_status: 'ACTIVE', vpa: 'asha@upi' });
const LISTED = answered(200, { list: [], total: 0 });
const CUSTOMER = answered(200, { id: 'cst_1' });

/** Answers to each kind of request, in order; the last one again and again. */
interface Script {
	delete?: Answer[];
	get?: Answer[];
	list?: Answer[];
	customer?: Answer[];
	/** Ends the run with this request, as Stop does. */
	stopsAt?: number;
	/** This process has created the account a moment ago. */
	isYoung?: boolean;
	id?: string;
}

const order = (id: string) => ({ customerId: 'c', customerAccountId: id, settings: SETTINGS });

/** A Juspay that answers so, and what it was asked. */
function scripted({ stopsAt, isYoung = false, id = 'banh_1', ...answers }: Script) {
	const juspay = new SmallJuspay();
	const stop = new AbortController();
	const asked: string[] = [];
	const left = {
		delete: [GONE],
		get: [THERE],
		list: [LISTED],
		customer: [CUSTOMER],
		...structuredClone(answers),
	};
	if (isYoung) {
		const fact = { customerId: 'c', account: upi('asha@upi'), routingId: '' };
		juspay.process.memory.know(id, fact, true, juspay.clock.now());
	}
	juspay.answers = ({ method, path }) => {
		const isList = path.includes('/list');
		const kind =
			method === 'POST' ? 'delete' : isList ? 'list' : path.endsWith('/c') ? 'customer' : 'get';
		asked.push(kind);
		if (asked.length === stopsAt) stop.abort();
		const its = left[kind];
		return (its.length > 1 ? its.shift() : its[0]) as Answer;
	};
	const remove = async () => {
		const [done] = await deleteAccounts(juspay.session({ signal: stop.signal }), [order(id)]);
		return done?.ok ? done.value : `${done?.failure.code} ${done?.failure.effect}`;
	};
	return { juspay, remove, asked, stop };
}

const LOOKS = 'get get get';

describe('Delete', () => {
	it.each<[string, Script, told: string]>([
		['deletes', {}, 'deleted: delete'],
		['is refused', { delete: [REFUSED] }, 'REFUSED none: delete'],
		['finds no such account', { delete: [MISSING] }, 'notFound: delete list'],
		[
			'finds no such account of a customer without any',
			{ delete: [MISSING], list: [MISSING] },
			'notFound: delete list customer',
		],
		[
			'finds no such customer',
			{ delete: [MISSING], list: [MISSING], customer: [MISSING] },
			'NOT_FOUND none: delete list customer',
		],
		[
			"can't tell whether there is such a customer",
			{ delete: [MISSING], list: [MISSING], customer: [REFUSED] },
			'REFUSED unknown: delete list customer',
		],
		["can't list", { delete: [MISSING], list: [REFUSED] }, 'REFUSED unknown: delete list'],
		['lost is looked for', { delete: [LOST], get: [MISSING] }, 'deleted: delete get list'],
		[
			'whose answer is lost is looked for until it is seen',
			{ delete: [LOST], get: [THERE, DOWN, DOWN, DOWN, GONE] },
			'deleted: delete get get get get get list',
		],
		[
			'whose answer is lost has deleted nothing where there is no such customer',
			{ delete: [LOST], get: [MISSING], list: [MISSING], customer: [MISSING] },
			'NOT_FOUND none: delete get list customer',
		],
		[
			'whose answer is lost is deleted where nobody can tell more',
			{ delete: [LOST], get: [MISSING], list: [REFUSED] },
			'deleted: delete get list',
		],
		['lost is sent again', { delete: [LOST, GONE] }, `deleted: delete ${LOOKS} delete`],
		['was done by the first', { delete: [LOST, MISSING] }, `deleted: delete ${LOOKS} delete list`],
		['lost, then refused', { delete: [LOST, REFUSED] }, `REFUSED unknown: delete ${LOOKS} delete`],
		[
			'is sent again as often as retries are allowed',
			{ delete: [LOST] },
			`CONNECTION_LOST unknown: delete ${LOOKS} delete ${LOOKS} delete ${LOOKS}`,
		],
		[
			'is taken as in progress, and the account stays',
			{ delete: [answered(200, { status: 'PENDING' })] },
			`CANNOT_TELL unknown: delete ${LOOKS} delete ${LOOKS} delete ${LOOKS}`,
		],
		[
			'lost, and no look',
			{ delete: [LOST], get: [REFUSED] },
			`CONNECTION_LOST unknown: delete ${LOOKS}`,
		],
		[
			'stopped meanwhile',
			{ delete: [LOST], stopsAt: 4 },
			`CONNECTION_LOST unknown: delete ${LOOKS}`,
		],
		[
			'finds missing what was created a moment ago: a replica is late',
			{ delete: [MISSING, GONE], isYoung: true },
			`deleted: delete ${LOOKS} delete`,
		],
		[
			'finds missing what was created a moment ago, and so does a look',
			{ delete: [MISSING], get: [MISSING], isYoung: true },
			`notFound: delete ${LOOKS} list`,
		],
		[
			'was not answered, and a look lacks what was created a moment ago: a replica is late',
			{ delete: [LOST, GONE], get: [MISSING, THERE], isYoung: true },
			`deleted: delete ${LOOKS} delete`,
		],
		[
			'may name an account number',
			{ id: '026291800001191', get: [MISSING] },
			'NOT_FOUND none: get',
		],
		[
			'has an ID that may be an account number, and looks first',
			{
				id: '026291800001191',
				get: [answered(200, { id: '026291800001191', validation_status: 'ACTIVE' })],
				delete: [answered(200, { id: '026291800001191', status: 'DELETED' })],
			},
			'deleted: get delete',
		],
	])('%s', async (_, script, expected) => {
		const { remove, asked } = scripted(script);
		expect(`${await remove()}: ${asked.join(' ')}`).toBe(expected);
	});

	it.each<[string, Script, told: string]>([
		['deleted: nothing is sent', {}, 'deleted: delete'],
		['not found: it is asked again', { delete: [MISSING] }, 'notFound: delete list delete list'],
		[
			'in doubt',
			{ delete: [LOST, MISSING], get: [REFUSED] },
			`deleted: delete ${LOOKS} delete list`,
		],
		['refused: no doubt is left', { delete: [REFUSED, MISSING] }, 'notFound: delete delete list'],
	])('a second time, where it was %s', async (_, script, expected) => {
		const { remove, asked } = scripted(script);
		await remove();
		expect(`${await remove()}: ${asked.join(' ')}`).toBe(expected);
	});

	it.each([false, true])(
		"of another customer's account, without an answer, leaves that one known: created here %s",
		async (isCreated) => {
			const juspay = new SmallJuspay();
			if (isCreated) await createIn(juspay.session(), [upi('asha@upi')]);
			else juspay.put(upi('asha@upi'));
			const [{ id } = { id: '' }] = juspay.kept;
			meddle(juspay, ({ method, path }) =>
				method === 'POST' && path.endsWith(id) ? LOST : undefined,
			);
			const wrong = { ...order(id), customerId: 'other' };
			const [removed] = await deleteAccounts(juspay.session(), [wrong]);
			// Nobody can tell of one that this process doesn't know.
			expect(removed).toEqual({ ok: true, value: isCreated ? 'notFound' : 'deleted' });
			const made = await createIn(juspay.session(), [upi('asha@upi')]);
			expect(toldWithEffect(made)).toBe(`${id} existing`);
			expect(juspay.count(upi('asha@upi'))).toBe(1);
		},
	);

	it.each<[string, Script, [id: string, customerId: string] | undefined, string]>([
		['of its own', { get: [MISSING] }, ['banh_1', 'c'], 'deleted true'],
		['of which it knows another', { get: [MISSING] }, ['banh_2', 'c'], 'deleted false'],
		['that it knows of another', { get: [MISSING] }, ['banh_1', 'C'], 'notFound false'],
		['that Get shows first', { get: [THERE, MISSING] }, undefined, 'deleted true'],
		[
			'with an ID of digits, which Get has shown',
			{
				get: [answered(200, { id: '026291800001191', validation_status: 'ACTIVE' }), MISSING],
				id: '026291800001191',
			},
			undefined,
			'deleted true',
		],
	])(
		'without an answer is remembered under each name of the customer for one %s',
		async (_, script, known, expected) => {
			const { juspay, remove } = scripted({ delete: [LOST], ...script });
			const { memory } = juspay.process;
			const now = juspay.clock.now();
			const [id = '', customerId = ''] = known ?? [];
			const fact = { customerId, account: upi('asha@upi'), routingId: '' };
			if (known) memory.know(id, fact, false, now);
			const outcome = await remove();
			const isEverywhere = memory.isDeleted(script.id ?? 'banh_1', now, 'cst_c');
			expect(`${outcome} ${isEverywhere}`).toBe(expected);
		},
	);

	it('takes no late replica for its proof, where the looks after that one fail', async () => {
		const get = [MISSING, ...Array.from({ length: 9 }, () => DOWN)];
		const { remove } = scripted({ delete: [LOST], get, isYoung: true });
		expect(await remove()).toMatch(/ unknown$/);
	});

	it('asks again for what was created a moment ago, also where an earlier delete is in doubt', async () => {
		const { juspay, remove, asked } = scripted({ delete: [MISSING, GONE], isYoung: true });
		juspay.process.memory.deleteInDoubt('banh_1', juspay.clock.now());
		expect(await remove()).toBe('deleted');
		expect(asked.join(' ')).toBe(`delete ${LOOKS} delete`);
	});

	it('of nothing sends nothing', async () => {
		expect(await deleteAccounts(new SmallJuspay().session(), [])).toEqual([]);
	});

	it.each([
		['has deleted it', GONE, 'deleted', 1],
		['was refused', REFUSED, 'REFUSED none', 2],
	])(
		'that was under way at a Stop holds up the next one, and is remembered: it %s',
		async (_, late, outcome, posts) => {
			const { juspay, asked, remove, stop } = scripted({ delete: [late] });
			const { answers } = juspay;
			let arrive = () => {};
			juspay.answers = async (call, perform) => {
				const answer = answers(call, perform);
				if (asked.length === 1) await new Promise<void>((resolve) => (arrive = resolve));
				return await answer;
			};
			const first = remove();
			await settle();
			stop.abort();
			expect(await first).toMatch(/ unknown$/);
			let isOver = false;
			const second = deleteAccounts(juspay.session(), [order('banh_1')]).finally(
				() => (isOver = true),
			);
			await settle();
			expect(isOver).toBe(false);
			arrive();
			const [done] = await second;
			expect(done?.ok ? done.value : `${done?.failure.code} ${done?.failure.effect}`).toBe(outcome);
			expect(asked).toHaveLength(posts);
		},
	);
});
