import type { Account, CustomerAccount } from '../../nodes/Juspay/account/types';
import type { Turn } from '../../nodes/Juspay/once/turns';
import { LATE_EFFECT_MS } from '../../nodes/Juspay/once/doubts';
import { Memory } from '../../nodes/Juspay/once/memory';
import { allowsAnother, hasMoved } from '../../nodes/Juspay/once/validations';
import { bank, registered, upi } from './accounts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const TURN: Turn = { requestedAt: NOW, endedAt: Infinity, hold: () => {} };

const ASHA = upi('asha@upi');

/** What a row of a customer was given. */
const fact = (customerId = 'c', account: Account = ASHA, routingId = '') => ({
	customerId,
	account,
	routingId,
});

/** A memory of one created account. */
function created(id = 'a'): Memory {
	const memory = new Memory();
	memory.know(id, fact(), true, NOW);
	return memory;
}

const shown = (id: string, status = 'CREATED') => registered(id, ASHA, { status });

/** Shows a list that was asked for and answered at a time. */
function list(memory: Memory, accounts: CustomerAccount[], at: number, customerId = 'c'): void {
	memory.observeShown('', accounts, at);
	memory.observeLacking(customerId, '', accounts, at, at);
}

const idsOf = (memory: Memory, customerId = 'c') =>
	memory.accountsOf(customerId).map(({ id }) => id);

describe('an account that this process created', () => {
	it('is known for 24 hours since something showed it last, with the customer in any letter case', () => {
		const memory = created();
		memory.observeGet(shown('a'), NOW + DAY - 1);
		memory.know('b', fact('d'), true, NOW + DAY);
		expect([idsOf(memory), idsOf(memory, 'C'), idsOf(memory, 'd')]).toEqual([['a'], ['a'], ['b']]);
		memory.know('c', fact('d'), true, NOW + 2 * DAY);
		expect(memory.knows('a')).toBe(false);
	});

	it.each<[string, (memory: Memory) => void]>([
		['a list', (memory) => list(memory, [shown('a')], NOW + DAY - 1)],
		['a Get', (memory) => memory.observeGet(shown('a'), NOW + DAY - 1)],
	])('is kept on by %s that shows it', (_, show) => {
		const memory = created();
		show(memory);
		memory.know('b', fact('d'), true, NOW + DAY);
		expect(memory.knows('a')).toBe(true);
	});

	it.each<[string, (memory: Memory, account: CustomerAccount) => void]>([
		['a list', (memory, account) => list(memory, [account], NOW + DAY - 1)],
		['a Get', (memory, account) => memory.observeGet(account, NOW + DAY - 1)],
	])('is not kept on by %s that marks it as deleted', (_, show) => {
		const memory = created();
		show(memory, registered('a', ASHA, { presence: 'deleted' }));
		memory.know('b', fact('d'), true, NOW + DAY);
		expect(memory.knows('a')).toBe(false);
	});

	it('is one of the newest 100,000', () => {
		const memory = created();
		for (let index = 0; index < 100_000; index++) memory.know(`${index}`, fact('d'), true, NOW);
		expect([memory.knows('a'), memory.knows('0')]).toEqual([false, true]);
		expect(idsOf(memory)).toEqual([]);
	});

	it('is not the one of the same identity of another customer', () => {
		expect(idsOf(created(), 'd')).toEqual([]);
	});

	it('is known beside IDs of which nobody knows whose they are', () => {
		const memory = created();
		memory.noteUnclear(['x']);
		expect([memory.knows('a'), memory.knows('x'), memory.knows('y')]).toEqual([true, true, false]);
	});
});

describe('an account that this process deleted', () => {
	it('is deleted for 24 hours, and not known as created', () => {
		const memory = created();
		memory.deleted('a', NOW);
		expect(idsOf(memory)).toEqual([]);
		expect(memory.isDeleted('a', NOW + DAY - 1, 'c')).toBe(true);
		expect(memory.isDeleted('a', NOW + DAY, 'c')).toBe(false);
	});

	it("may be another customer's, and there", () => {
		const memory = created();
		memory.know('a', fact('d'), true, NOW);
		memory.deleted('a', NOW, 'C');
		expect([idsOf(memory), idsOf(memory, 'd')]).toEqual([[], ['a']]);
		expect(['c', 'd'].map((name) => memory.isDeleted('a', NOW, name))).toEqual([true, false]);
	});

	it('perhaps, may be gone for 24 hours, or as long as asked for', () => {
		const memory = created();
		memory.deleteInDoubt('a', NOW);
		expect([NOW + DAY - 1, NOW + DAY].map((at) => memory.mayHaveDeleted('a', at))).toEqual([
			true,
			false,
		]);
		expect(memory.mayHaveDeleted('a', NOW + SECOND, SECOND)).toBe(false);
		expect(memory.mayHaveDeleted('b', NOW)).toBe(false);
	});

	it('is there again once a create names it, and not because a row found it', () => {
		const memory = new Memory();
		memory.deleted('a', NOW);
		memory.know('a', fact(), false, NOW + 1);
		expect(memory.isDeleted('a', NOW + 1, 'c')).toBe(true);
		memory.know('a', fact(), true, NOW + 2);
		expect(memory.isDeleted('a', NOW + 2, 'c')).toBe(false);
	});

	it('is one of the newest 100,000', () => {
		const memory = new Memory();
		for (let index = 0; index <= 100_000; index++) memory.deleted(`${index}`, NOW);
		expect([memory.isDeleted('0', NOW, 'c'), memory.isDeleted('1', NOW, 'c')]).toEqual([
			false,
			true,
		]);
	});
});

describe('a validation that another process has sent', () => {
	it('counts from when it was met first, and after 48 hours anew', () => {
		const { validations } = new Memory();
		const met = [NOW, NOW + 2 * DAY - 1, NOW + 2 * DAY];
		expect(met.map((at) => validations.metForeign('a', at))).toEqual([NOW, NOW, NOW + 2 * DAY]);
	});
});

describe('how late lists are', () => {
	it('is not known before a list has shown something new: then ten minutes', () => {
		const memory = created();
		expect(memory.showsNew('')).toBe(false);
		expect(memory.settleMs('')).toBe(10 * MINUTE);
		list(memory, [shown('other')], NOW);
		expect(memory.showsNew('')).toBe(false);
	});

	it('is what it takes a list to show something new, doubled, and 12 seconds', () => {
		const memory = created();
		list(memory, [], NOW + 5 * SECOND);
		list(memory, [], NOW + 20 * SECOND);
		list(memory, [shown('a')], NOW + 25 * SECOND);
		expect(memory.settleMs('')).toBe(2 * 20 * SECOND + LATE_EFFECT_MS);
	});

	it('says nothing of an account under another spelling of its customer', () => {
		const memory = created();
		list(memory, [], NOW + 20 * SECOND, 'C');
		list(memory, [shown('a')], NOW + 25 * SECOND);
		expect(memory.settleMs('')).toBe(25 * SECOND + LATE_EFFECT_MS);
	});

	it('is the greatest that was seen, also of one that had been listed before', () => {
		const memory = created();
		list(memory, [shown('a')], NOW + 1 * SECOND);
		expect(memory.settleMs('')).toBe(LATE_EFFECT_MS);
		list(memory, [], NOW + 30 * SECOND);
		list(memory, [shown('a')], NOW + 31 * SECOND);
		memory.know('b', fact(), true, NOW + 60 * SECOND);
		list(memory, [shown('a')], NOW + 62 * SECOND);
		list(memory, [shown('a'), shown('b')], NOW + 63 * SECOND);
		expect(memory.settleMs('')).toBe(2 * 30 * SECOND + LATE_EFFECT_MS);
	});

	it.each<[string, number[], number]>([
		['a moment old', [10 * SECOND], LATE_EFFECT_MS],
		['a minute old', [MINUTE], MINUTE + LATE_EFFECT_MS],
		['an hour old', [60 * MINUTE], 10 * MINUTE],
		['an hour old, and then a moment', [60 * MINUTE, SECOND], LATE_EFFECT_MS],
	])('may be as much as what a list has shown: %s', (_, ages, expected) => {
		const memory = new Memory();
		for (const [index, age] of ages.entries()) {
			memory.know(`${index}`, fact(), true, NOW + DAY - age);
			list(memory, [shown(`${index}`)], NOW + DAY);
		}
		expect(memory.settleMs('')).toBe(expected);
	});

	it('is ten minutes at most', () => {
		const memory = created();
		list(memory, [], NOW + 60 * MINUTE);
		list(memory, [shown('a')], NOW + 61 * MINUTE);
		expect(memory.settleMs('')).toBe(20 * MINUTE + LATE_EFFECT_MS);
	});

	it.each<[string, (memory: Memory) => void]>([
		[
			'asked for before it was created',
			(memory) => memory.observeLacking('c', '', [], NOW - 1, NOW + 9 * SECOND),
		],
		['of another customer', (memory) => list(memory, [], NOW + 9 * SECOND, 'd')],
		[
			'under another routing ID',
			(memory) => memory.observeLacking('c', 'r', [], NOW + SECOND, NOW + 9 * SECOND),
		],
	])('is not learnt from a list %s', (_, show) => {
		const memory = created();
		show(memory);
		list(memory, [shown('a')], NOW + 10 * SECOND);
		expect(memory.settleMs('')).toBe(LATE_EFFECT_MS);
	});

	it('is not learnt from what was found: who knows when that was made', () => {
		const memory = new Memory();
		memory.know('a', fact(), false, NOW);
		list(memory, [shown('a')], NOW + 1);
		expect(memory.showsNew('')).toBe(false);
	});

	it('is not learnt from what was validated meanwhile: a list may hide what is new', () => {
		const memory = created();
		memory.validations.add(shown('a'), TURN, NOW);
		list(memory, [shown('a', 'ACTIVE')], NOW + 1);
		expect(memory.showsNew('')).toBe(false);
		list(memory, [shown('a')], NOW + 2);
		expect(memory.showsNew('')).toBe(true);
	});

	it('goes by the routing ID: a foreign one shows an empty list', () => {
		const memory = new Memory();
		memory.know('a', fact('c', ASHA, 'r'), true, NOW);
		memory.observeShown('r', [shown('a')], NOW);
		expect([memory.showsNew('r'), memory.showsNew('')]).toEqual([true, false]);
	});

	it('is not learnt from a list that lacks an account, where the next one comes an hour later', () => {
		const memory = created();
		list(memory, [], NOW + 1);
		list(memory, [shown('a')], NOW + 60 * MINUTE);
		expect(memory.settleMs('')).toBe(10 * MINUTE);
	});

	it('is not learnt from a list under another routing ID than the one that lacked an account', () => {
		const memory = created();
		list(memory, [], NOW + 1);
		memory.observeShown('r', [shown('a')], NOW + 20 * SECOND);
		expect(memory.settleMs('r')).toBe(32 * SECOND);
		expect(memory.unlisted('')?.id).toBe('a');
	});

	it('is known of the newest 100,000 routing IDs', () => {
		const memory = new Memory();
		for (let id = 0; id <= 100_000; id++) {
			memory.know(`${id}`, fact(`${id}`, ASHA, `${id}`), true, NOW);
			memory.observeShown(`${id}`, [shown(`${id}`)], NOW);
		}
		const shows = ['0', '1', '100000'].map((routingId) => memory.showsNew(routingId));
		expect(shows).toEqual([false, true, true]);
	});

	it('makes young what could still be missing', () => {
		const memory = created();
		memory.know('found', fact(), false, NOW);
		expect([
			memory.isYoung('a', NOW + 10 * MINUTE - 1),
			memory.isYoung('a', NOW + 10 * MINUTE),
		]).toEqual([true, false]);
		expect([memory.isYoung('found', NOW), memory.isYoung('nobody', NOW)]).toEqual([false, false]);
	});
});

describe('a create in doubt', () => {
	it('is the one of the customer as named, and about accounts with its number', () => {
		const memory = new Memory();
		const doubt = memory.doubts.add('c', bank('123456789012'), '', NOW);
		expect(memory.doubts.about('c', bank('123456789012', 'ICIC0000001'), NOW)).toEqual([doubt]);
		expect(memory.doubts.about('c', bank('999956789012'), NOW)).toEqual([]);
		expect(memory.doubts.of('d', NOW)).toEqual([]);
	});

	it('can be settled later than twice the lag and 12 seconds after it was sent, and twice the lag after it was lost', () => {
		const memory = created();
		list(memory, [], NOW + 20 * SECOND);
		list(memory, [shown('a')], NOW + 21 * SECOND);
		const doubt = memory.doubts.add('c', ASHA, '', NOW);
		doubt.lostAt = NOW + SECOND;
		expect(memory.doubts.settleAt([doubt], NOW + SECOND)).toBe(NOW + 52 * SECOND + 1);
		doubt.lostAt = NOW + MINUTE;
		expect(memory.doubts.settleAt([doubt], NOW + MINUTE)).toBe(NOW + 100 * SECOND + 1);
	});

	it('can not be settled while it is under way', () => {
		const memory = created();
		list(memory, [shown('a')], NOW);
		const doubt = memory.doubts.add('c', ASHA, '', NOW);
		expect(memory.doubts.settleAt([doubt], NOW + MINUTE)).toBe(NOW + MINUTE + LATE_EFFECT_MS + 1);
	});

	it('stands until it is settled; one that was accepted, for 24 hours', () => {
		const memory = new Memory();
		const lost = memory.doubts.add('c', ASHA, '', NOW);
		const accepted = memory.doubts.add('c', ASHA, '', NOW);
		accepted.isAccepted = true;
		expect(memory.doubts.settleAt([lost, accepted], NOW)).toBe(NOW + DAY);
		expect(memory.doubts.of('c', NOW + DAY - 1)).toEqual([lost, accepted]);
		expect(memory.doubts.of('c', NOW + DAY)).toEqual([lost]);
		// In other letter cases it is most likely the same customer.
		expect(memory.doubts.of('C', NOW + DAY)).toEqual([lost]);
		memory.doubts.settle('C', lost);
		expect(memory.doubts.of('c', NOW)).toEqual([]);
	});
});

/** An account as it stands: its status, and when its last validation ended. */
type Stand = [status: string, lastValidated?: string];
const at = ([status, lastValidated = '']: Stand, id = 'a') =>
	registered(id, ASHA, { status, lastValidated });

/** A validation that was sent for an account, and what was shown since. */
function sent(before: Stand, confirmed: Stand | undefined, observed: Stand[], later = 0) {
	const memory = new Memory();
	memory.validations.add(at(before), TURN, NOW);
	if (confirmed) memory.validations.confirm(at(confirmed));
	for (const stand of observed) memory.observeGet(at(stand), NOW + later);
	const entry = memory.validations.of('a', NOW);
	if (!entry) throw new RangeError('Forgotten');
	return { memory, entry };
}

describe('a validation that was sent', () => {
	it('is remembered for 24 hours, with what the account showed before', () => {
		const { memory, entry } = sent(['FAILURE', 'then'], undefined, []);
		expect(entry).toEqual({
			sentAt: NOW,
			turn: TURN,
			before: { status: 'FAILURE', lastValidated: 'then' },
			latest: { status: 'FAILURE', lastValidated: 'then' },
			isConfirmed: false,
			hasEnded: false,
			endedWith: '',
		});
		expect(memory.validations.of('a', NOW + DAY - 1)).toBe(entry);
		expect(memory.validations.of('b', NOW)).toBeUndefined();
		expect(memory.validations.of('a', NOW + DAY)).toBeUndefined();
	});

	it('gives way to the one before it where it is known not to have started', () => {
		const { memory, entry } = sent(['FAILURE', '1'], ['PENDING'], [['FAILURE', '2']]);
		memory.validations.add(at(['FAILURE', '2']), TURN, NOW + 1);
		expect(memory.validations.of('a', NOW)).toMatchObject({ sentAt: NOW + 1, hasEnded: false });
		memory.validations.restore('a', entry);
		expect(memory.validations.of('a', NOW)).toBe(entry);
		memory.validations.restore('a', undefined);
		expect(memory.validations.of('a', NOW)).toBeUndefined();
	});

	it('is one of the newest 100,000', () => {
		const memory = new Memory();
		const send = (index: number) => memory.validations.add(at(['CREATED'], `${index}`), TURN, NOW);
		for (let index = 0; index < 100_000; index++) send(index);
		// Sent again, so not the oldest any more.
		send(0);
		send(100_000);
		expect(memory.validations.of('0', NOW)).toBeDefined();
		expect(memory.validations.of('1', NOW)).toBeUndefined();
		expect(memory.validations.of('2', NOW)).toBeDefined();
	});
});

describe('whether a validation has started and ended, and another may be sent', () => {
	it.each<[string, Stand, Stand | undefined, Stand[], isConfirmed: boolean, hasEnded: boolean]>([
		['nothing is known', ['CREATED'], undefined, [], false, false],
		['nothing has moved', ['CREATED'], undefined, [['CREATED']], false, false],
		['Juspay says PENDING', ['CREATED'], ['PENDING'], [], true, false],
		['Juspay says ACTIVE', ['CREATED'], ['ACTIVE'], [], true, true],
		['Juspay says FAILURE', ['CREATED'], ['FAILURE'], [], true, true],
		['Juspay answers as before', ['FAILURE', '1'], ['FAILURE', '1'], [], true, false],
		['Juspay answers without status', ['CREATED'], [''], [], true, false],
		['it failed anew', ['FAILURE', '1'], ['FAILURE', '2'], [], true, true],
		['an unknown status', ['CREATED'], ['SUCCESS'], [], true, false],
		['later ACTIVE', ['CREATED'], ['PENDING'], [['ACTIVE', '2']], true, true],
		['later FAILURE', ['CREATED'], ['PENDING'], [['FAILURE', '2']], true, true],
		['later FAILURE, undated', ['CREATED'], ['PENDING'], [['FAILURE']], true, true],
		['later PENDING', ['CREATED'], undefined, [['PENDING']], false, false],
		['seen ACTIVE after a doubt', ['CREATED'], undefined, [['ACTIVE']], false, true],
		['failed anew, seen later', ['FAILURE', '1'], ['PENDING'], [['FAILURE', '2']], true, true],
		// The list lags behind, and shows how the validation before this one ended.
		['the old FAILURE', ['FAILURE', '1'], ['PENDING'], [['FAILURE', '1']], true, false],
		['no status', ['CREATED'], ['PENDING'], [['']], true, false],
	])('%s', (_, before, confirmed, observed, isConfirmed, hasEnded) => {
		expect(sent(before, confirmed, observed).entry).toMatchObject({ isConfirmed, hasEnded });
	});

	it.each<[string, Stand, Stand[], Stand, boolean]>([
		['not ended', ['CREATED'], [], ['CREATED'], false],
		['not ended, though it looks so', ['FAILURE', '1'], [], ['FAILURE', '1'], false],
		['ended, and shown so', ['CREATED'], [['FAILURE', '2']], ['FAILURE', '2'], true],
		['ended, shown undated', ['CREATED'], [['FAILURE', '2']], ['FAILURE'], true],
		// The list lags behind.
		['ended, shown as before', ['CREATED'], [['FAILURE', '2']], ['CREATED'], false],
		[
			'ended, shown as before with its date',
			['FAILURE', '1'],
			[['FAILURE', '2']],
			['FAILURE', '1'],
			false,
		],
		['under way, and moved', ['CREATED'], [['PENDING']], ['PENDING'], false],
	])('%s: another may be sent or not', (_, before, observed, seen, expected) => {
		const { entry } = sent(before, undefined, observed);
		expect(allowsAnother(entry, at(seen))).toBe(expected);
	});

	it.each<[string, Stand, Stand, Stand, number, boolean]>([
		// Only FAILURE comes back by itself, in the words of before, where Juspay dates nothing.
		['failed again, without dates', ['FAILURE'], ['FAILURE'], ['FAILURE'], 12 * SECOND, true],
		['or Get is late', ['FAILURE'], ['FAILURE'], ['FAILURE'], 12 * SECOND - 1, false],
		['active again, without dates', ['ACTIVE'], ['ACTIVE'], ['ACTIVE'], 12 * SECOND, false],
	])('%s: another may be sent or not', (_, before, observed, seen, later, expected) => {
		const { entry } = sent(before, ['PENDING'], [observed], later);
		expect(allowsAnother(entry, at(seen))).toBe(expected);
	});

	it('is learnt from lists too, and of this account only', () => {
		const { memory, entry } = sent(['CREATED'], ['PENDING'], []);
		list(memory, [at(['ACTIVE'], 'b')], NOW);
		expect(entry.hasEnded).toBe(false);
		list(memory, [at(['ACTIVE'])], NOW);
		expect(entry.hasEnded).toBe(true);
		expect(memory.validations.of('b', NOW)).toBeUndefined();
	});
});

describe('an account has moved', () => {
	it.each<[Stand, Stand, boolean]>([
		[['CREATED'], ['CREATED'], false],
		[['PENDING'], ['CREATED'], true],
		[['CREATED', '1'], ['CREATED'], true],
		[['FAILURE', '2'], ['FAILURE', '1'], true],
		[['FAILURE', ''], ['FAILURE', '1'], false],
		[['', '2'], ['FAILURE', '1'], false],
		[['FAILURE', '2026-01-01T00:00:00.123456789Z'], ['FAILURE', '2026-01-01T00:00:00Z'], false],
		[['FAILURE', '2026-01-01T00:00:02Z'], ['FAILURE', '2026-01-01T00:00:00Z'], true],
		// A list shows one of long ago.
		[['ACTIVE', '2026-01-01T00:00:00Z'], ['FAILURE', '2026-01-01T00:00:02Z'], false],
	])('from %j: shown %j', (now, before, expected) => {
		expect(hasMoved(at(now), at(before))).toBe(expected);
	});
});
