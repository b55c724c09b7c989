import type { Answer } from '../../nodes/Juspay/http/transport';
import type { AccountOrder, ValidationResult } from '../../nodes/Juspay/once';
import { validateAccounts } from '../../nodes/Juspay/once';
import { Process } from '../../nodes/Juspay/once/session';
import { startValidations } from '../../nodes/Juspay/once/validate';
import { registered, SETTINGS, upi } from './accounts';
import { gate, settle } from './handClock';
import type { Execution, Kept } from './smallJuspay';
import { answered, hashTable, SmallJuspay, LOST, isValidate, isGet, meddle } from './smallJuspay';

/** What each validation costs: one penny drop, and never a second one. */

const MINUTE = 60_000;
const REFUSED = answered(400, { error_info: { code: 'INVALID_INPUT' } });

type Order = Partial<AccountOrder>;

const orderOf = (id: string, more: Order = {}): AccountOrder => ({
	customerId: 'c',
	customerAccountId: id,
	settings: SETTINGS,
	...more,
});

const told = (results: ValidationResult[]) =>
	results
		.map((one) => (one.ok ? one.value.validation : `${one.failure.code} ${one.failure.effect}`))
		.join(', ');

async function validate(
	juspay: SmallJuspay,
	ids: string[],
	order: Order = {},
	execution: Execution = {},
): Promise<string> {
	const orders = ids.map((id) => orderOf(id, order));
	return told(await validateAccounts(juspay.session(execution), orders));
}

/** A Juspay with an account in this state. */
function having(status = 'CREATED'): { juspay: SmallJuspay; kept: Kept; id: string } {
	const juspay = new SmallJuspay();
	const kept = juspay.put(upi('asha@upi'), status);
	return { juspay, kept, id: kept.id };
}

/** Answers validations with these, then by itself. */
function replying(juspay: SmallJuspay, ...answers: Answer[]): void {
	juspay.answers = (call, perform) => (isValidate(call) ? answers.shift() : undefined) ?? perform();
}

describe('a validation', () => {
	it.each<[string, string, Answer[], string, number]>([
		['of what was never validated is started', 'CREATED', [], 'started', 1],
		['of what has failed is started again', 'FAILURE', [], 'started', 1],
		['under way is not needed', 'PENDING', [], 'notNeeded', 0],
		['that has succeeded is not needed', 'ACTIVE', [], 'notNeeded', 0],
		['that is refused costs nothing', 'CREATED', [REFUSED], 'REFUSED none', 0],
		[
			'whose answer is lost, and nothing moves, is in doubt',
			'CREATED',
			[LOST],
			'VALIDATION_IN_DOUBT unknown',
			0,
		],
	])('%s', async (_, status, answers, outcome, paid) => {
		const { juspay, id } = having(status);
		replying(juspay, ...answers);
		expect([await validate(juspay, [id]), juspay.paid]).toEqual([outcome, paid]);
	});

	it('whose answer is lost is started where a look shows it move, and not sent again', async () => {
		const { juspay, kept, id } = having();
		let gets = 0;
		juspay.answers = (call, perform) => {
			if (isGet(call) && ++gets === 3) kept.status = 'PENDING';
			return isValidate(call) ? LOST : perform();
		};
		expect(await validate(juspay, [id])).toBe('started');
		kept.status = 'CREATED';
		// Confirmed: what a late list shows is no reason for a second one.
		expect(await validate(juspay, [id])).toBe('alreadyStarted');
		expect([gets, juspay.paid]).toEqual([4, 0]);
	});

	it('whose answer is lost is looked for as long as the row asks for', async () => {
		const { juspay, kept, id } = having();
		const begun = juspay.clock.now();
		juspay.answers = (call, perform) => {
			if (juspay.clock.now() - begun > MINUTE) kept.status = 'ACTIVE';
			return isValidate(call) ? LOST : perform();
		};
		expect(await validate(juspay, [id], { lookForMs: 2 * MINUTE })).toBe('started');
	});

	it('that was refused leaves no doubt: it is sent by the next run, also of another process', async () => {
		for (const isOther of [false, true]) {
			const { juspay, id } = having();
			juspay.helpers = hashTable();
			replying(juspay, REFUSED);
			expect(await validate(juspay, [id])).toBe('REFUSED none');
			if (isOther) juspay.process = new Process();
			expect(await validate(juspay, [id])).toBe('started');
			expect(juspay.paid).toBe(1);
		}
	});

	it('that was refused leaves the doubt of an earlier one', async () => {
		const { juspay, id } = having();
		juspay.helpers = hashTable();
		replying(juspay, LOST, REFUSED);
		expect(await validate(juspay, [id])).toBe('VALIDATION_IN_DOUBT unknown');
		await juspay.clock.pause(11 * MINUTE);
		const execution = { id: 'later' };
		expect(await validate(juspay, [id], {}, execution)).toBe('VALIDATION_IN_DOUBT unknown');
		await juspay.clock.pause(11 * MINUTE);
		expect(await validate(juspay, [id], { validateInDoubt: true }, execution)).toBe('REFUSED none');
		expect(await validate(juspay, [id])).toBe('VALIDATION_IN_DOUBT unknown');
		juspay.process = new Process();
		expect(await validate(juspay, [id])).toBe('VALIDATION_IN_DOUBT unknown');
		expect(juspay.paid).toBe(0);
	});

	it('of an account that this process has deleted is not started, whatever shows it', async () => {
		const { juspay, id } = having();
		juspay.process.memory.deleted(id, juspay.clock.now());
		expect(await validate(juspay, [id])).toBe('NOT_FOUND none');
		expect(juspay.paid).toBe(0);
	});

	it('of two rows of one account is paid once', async () => {
		const { juspay, id } = having();
		const results = await validateAccounts(juspay.session(), [orderOf(id), orderOf(id)]);
		expect(told(results)).toBe('started, alreadyStarted');
		// As Juspay has answered the first.
		expect(results[1]).toMatchObject({ value: { account: { status: 'PENDING' } } });
		expect(await validate(juspay, [id])).toBe('notNeeded');
		expect([juspay.paid, juspay.notes]).toEqual([1, []]);
	});

	it('says until when it is in doubt', async () => {
		const { juspay, id } = having();
		replying(juspay, LOST);
		const [result] = await validateAccounts(juspay.session(), [orderOf(id)]);
		const { failure } = result as { failure: { settlesAt: number } };
		const hours = (failure.settlesAt - juspay.clock.now()) / (60 * MINUTE);
		expect(hours).toBeCloseTo(24, 1);
	});

	it('of which a list shows that the account is inactive is left to Get', async () => {
		const { juspay, id } = having();
		const other = juspay.put(upi('ravi@upi'));
		juspay.answers = (call, perform) => {
			juspay.shows = (kept) => ({ ...juspay.wire(kept), is_active: isGet(call) });
			return perform();
		};
		expect(await validate(juspay, [id, other.id])).toBe('started, started');
	});

	it('of an account that was deleted after it was read is not started', async () => {
		const { juspay, id } = having();
		const { clock, process } = juspay;
		process.memory.deleted(id, clock.now());
		const turn = { requestedAt: clock.now(), endedAt: Infinity, hold: () => {} };
		const order = { ...orderOf(id), before: registered(id, upi('asha@upi')) };
		expect(told(await startValidations(juspay.session(), turn, [order]))).toBe('NOT_FOUND none');
		expect(juspay.paid).toBe(0);
	});

	it('whose answer is lost after a Stop stays in doubt', async () => {
		const { juspay, id } = having();
		const stop = new AbortController();
		const door = gate();
		meddle(juspay, (call) => (isValidate(call) ? door.passed.then(() => LOST) : undefined));
		const running = validate(juspay, [id], {}, { signal: stop.signal });
		await settle();
		stop.abort();
		await running;
		await door.open();
		juspay.answers = (_, perform) => perform();
		expect(await validate(juspay, [id])).toBe('VALIDATION_IN_DOUBT unknown');
		expect(juspay.paid).toBe(0);
	});

	it('beyond the penny drops that a run may start is none, and a refused one gives its own back', async () => {
		const { juspay, id } = having();
		juspay.helpers = hashTable();
		const session = juspay.session();
		session.allowPennies(1);
		const others = ['b@upi', 'c@upi'].map((vpa) => juspay.put(upi(vpa)).id);
		replying(juspay, REFUSED);
		const results: ValidationResult[] = [];
		for (const one of [id, ...others]) {
			results.push(...(await validateAccounts(session, [orderOf(one)])));
		}
		expect(told(results)).toBe('REFUSED none, started, TOO_MANY_VALIDATIONS none');
		expect(results[2]).toMatchObject({ account: { id: others[1] } });
		juspay.process = new Process();
		expect(await validate(juspay, others)).toBe('notNeeded, started');
	});

	it('of nothing asks for nothing', async () => {
		const { juspay } = having();
		expect([await validate(juspay, []), juspay.requests]).toEqual(['', []]);
	});

	it('of several where no list can be read: each is read by itself', async () => {
		const { juspay, id } = having();
		const other = juspay.put(upi('ravi@upi'));
		juspay.answers = (call, perform) => (call.path.includes('/list') ? REFUSED : perform());
		expect(await validate(juspay, [id, other.id])).toBe('started, started');
	});

	it('that was stopped before its turn leaves the account as it was read', async () => {
		const { juspay, id } = having();
		const stop = new AbortController();
		const door = gate();
		meddle(juspay, (call, perform) => (isValidate(call) ? door.passed.then(perform) : undefined));
		const first = validate(juspay, [id]);
		await settle();
		const other = orderOf(id, { customerId: 'cst_c' });
		const second = validateAccounts(juspay.session({ signal: stop.signal }), [other]);
		await settle();
		stop.abort();
		expect(await second).toMatchObject([
			{ ok: false, failure: { code: 'STOPPED' }, account: { id } },
		]);
		await door.open();
		expect([await first, juspay.paid]).toEqual(['started', 1]);
	});
});

describe('a dry run', () => {
	it.each([
		['CREATED', 'wouldStart, notNeeded'],
		['ACTIVE', 'notNeeded, notNeeded'],
	])('counts an account of two rows once, and costs nothing: %s', async (status, outcome) => {
		const { juspay, id } = having(status);
		expect([await validate(juspay, [id, id], { dryRun: true }), juspay.paid]).toEqual([outcome, 0]);
	});

	it('of what would be validated in spite of a doubt costs nothing', async () => {
		const { juspay, id } = having();
		replying(juspay, LOST);
		await validate(juspay, [id]);
		await juspay.clock.pause(11 * MINUTE);
		const execution = { id: 'later' };
		await validate(juspay, [id], {}, execution);
		await juspay.clock.pause(MINUTE);
		const order = { validateInDoubt: true, dryRun: true };
		expect([await validate(juspay, [id], order, execution), juspay.paid]).toEqual([
			'wouldStart',
			0,
		]);
	});
});

describe('a step that n8n runs again because a worker was lost', () => {
	it.each<[string, Order[], string, number]>([
		['pays for nothing', [{}], 'STOPPED none', 0],
		[
			'pays for nothing where one row only is no dry run',
			[{ dryRun: true }, {}],
			'STOPPED none, STOPPED none',
			0,
		],
		['goes on in a dry run', [{ dryRun: true }], 'wouldStart', 0],
	])('%s', async (_, orders, outcome, paid) => {
		const { juspay, id } = having();
		const session = { ...juspay.session(), isRerun: async () => true };
		const results = await validateAccounts(
			session,
			orders.map((order) => orderOf(id, order)),
		);
		expect([told(results), juspay.paid]).toEqual([outcome, paid]);
	});
});

describe('a validation that another process has sent', () => {
	/** Another process has sent one that Juspay doesn't show. */
	async function sentByOther() {
		const { juspay, kept, id } = having();
		juspay.helpers = hashTable();
		replying(juspay, LOST);
		await validate(juspay, [id]);
		const first = juspay.process;
		juspay.process = new Process();
		return { juspay, kept, id, first };
	}

	it('is not sent again, and not needed once Get shows it', async () => {
		const { juspay, kept, id } = await sentByOther();
		expect(await validate(juspay, [id])).toBe('VALIDATION_IN_DOUBT unknown');
		// A list that is late; Get isn't.
		const other = juspay.put(upi('ravi@upi'));
		juspay.answers = (call, perform) => {
			kept.status = isGet(call) ? 'ACTIVE' : 'CREATED';
			return perform();
		};
		expect(await validate(juspay, [id, other.id])).toBe('notNeeded, started');
		expect(juspay.paid).toBe(1);
	});

	it.each([
		['the others first', 0],
		['the one that has sent it first', 2],
	])('is overruled by one process at a time: %s', async (_, start) => {
		const { juspay, id, first } = await sentByOther();
		const third = new Process();
		const second = juspay.process;
		for (const process of [second, third]) {
			juspay.process = process;
			const begun = { id: 'begun' };
			expect(await validate(juspay, [id], {}, begun)).toBe('VALIDATION_IN_DOUBT unknown');
		}
		await juspay.clock.pause(11 * MINUTE);
		replying(juspay, LOST, LOST);
		let sent = 0;
		const { answers } = juspay;
		juspay.answers = (call, perform) => {
			if (isValidate(call)) sent++;
			return answers(call, perform);
		};
		const order = { validateInDoubt: true };
		// Not by an execution that has met it before.
		const begun = { id: 'begun' };
		expect(await validate(juspay, [id], order, begun)).toBe('VALIDATION_IN_DOUBT unknown');
		expect(sent).toBe(0);
		for (const process of [second, third, first, second].slice(start)) {
			juspay.process = process;
			expect(await validate(juspay, [id], order)).toBe('VALIDATION_IN_DOUBT unknown');
		}
		expect(sent).toBe(1);
	});
});
