import { hasMoved, SentValidations } from '../../nodes/Juspay/once/sentValidations';
import type { CustomerLock } from '../../nodes/Juspay/once/customerLocks';
import { registered, upi } from './accounts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const DAY = 24 * 60 * 60 * 1000;
const LOCK: CustomerLock = {
	requestedAt: NOW,
	doubtUntil: 0,
	createdBefore: { ids: new Set(), until: 0 },
	releasedAt: Infinity,
	noteDoubt: () => {},
	noteCreated: () => {},
	noteDeleted: () => {},
};

/** An account as it stands: its status, and when its last validation ended. */
type Stand = [status: string, lastValidated?: string];
const at = ([status, lastValidated = '']: Stand, id = 'a') =>
	registered(id, upi('asha@upi'), { status, lastValidated });

/** A validation that was sent for an account, and what was shown since. */
function sent(before: Stand, confirmed: Stand | undefined, observed: Stand[]) {
	const validations = new SentValidations();
	validations.remember('c', at(before), LOCK, NOW);
	if (confirmed) validations.confirm('c', at(confirmed));
	for (const stand of observed) validations.observe('c', at(stand));
	const entry = validations.of('c', 'a', NOW);
	if (!entry) throw new RangeError('Forgotten');
	return { validations, entry };
}

describe('a validation that was sent', () => {
	it('is remembered for 24 hours, with what the account showed before', () => {
		const { validations, entry } = sent(['FAILURE', 'then'], undefined, []);
		expect(entry).toEqual({
			sentAt: NOW,
			lock: LOCK,
			before: { status: 'FAILURE', lastValidated: 'then' },
			latest: { status: 'FAILURE', lastValidated: 'then' },
			confirmed: false,
			ended: false,
		});
		expect(validations.of('c', 'a', NOW + DAY - 1)).toBe(entry);
		expect(validations.of('c', 'b', NOW)).toBeUndefined();
		expect(validations.of('another', 'a', NOW)).toBeUndefined();
		expect(validations.of('c', 'a', NOW + DAY)).toBeUndefined();
	});

	it('is forgotten where it is known not to have started', () => {
		const { validations } = sent(['CREATED'], undefined, []);
		validations.forget('c', 'a');
		expect(validations.of('c', 'a', NOW)).toBeUndefined();
	});

	it('takes the place of the one before it', () => {
		const { validations } = sent(['FAILURE', '1'], ['PENDING'], [['FAILURE', '2']]);
		validations.remember('c', at(['FAILURE', '2']), LOCK, NOW + 1);
		expect(validations.of('c', 'a', NOW + 1)).toMatchObject({ sentAt: NOW + 1, ended: false });
	});

	it('is forgotten, the oldest first, where there are very many', () => {
		const validations = new SentValidations();
		const remember = (index: number) =>
			validations.remember('c', at(['CREATED'], `${index}`), LOCK, NOW);
		for (let index = 0; index < 100_000; index++) remember(index);
		// Sent again, so not the oldest any more.
		remember(0);
		remember(100_000);
		expect(validations.of('c', '0', NOW)).toBeDefined();
		expect(validations.of('c', '1', NOW)).toBeUndefined();
		expect(validations.of('c', '2', NOW)).toBeDefined();
	});
});

describe('whether a validation has started and ended, and another may be sent', () => {
	it.each<[string, Stand, Stand | undefined, Stand[], { confirmed: boolean; ended: boolean }]>([
		['nothing is known', ['CREATED'], undefined, [], { confirmed: false, ended: false }],
		[
			'nothing has moved',
			['CREATED'],
			undefined,
			[['CREATED']],
			{ confirmed: false, ended: false },
		],
		['Juspay says PENDING', ['CREATED'], ['PENDING'], [], { confirmed: true, ended: false }],
		['Juspay says ACTIVE', ['CREATED'], ['ACTIVE'], [], { confirmed: true, ended: true }],
		['Juspay says FAILURE', ['CREATED'], ['FAILURE'], [], { confirmed: true, ended: true }],
		[
			'Juspay answers as before',
			['FAILURE', '1'],
			['FAILURE', '1'],
			[],
			{ confirmed: true, ended: false },
		],
		['Juspay answers without status', ['CREATED'], [''], [], { confirmed: true, ended: false }],
		['it failed anew', ['FAILURE', '1'], ['FAILURE', '2'], [], { confirmed: true, ended: true }],
		['an unknown status', ['CREATED'], ['SUCCESS'], [], { confirmed: true, ended: false }],
		['later ACTIVE', ['CREATED'], ['PENDING'], [['ACTIVE', '2']], { confirmed: true, ended: true }],
		[
			'later FAILURE',
			['CREATED'],
			['PENDING'],
			[['FAILURE', '2']],
			{ confirmed: true, ended: true },
		],
		[
			'later FAILURE, undated',
			['CREATED'],
			['PENDING'],
			[['FAILURE']],
			{ confirmed: true, ended: true },
		],
		['later PENDING', ['CREATED'], undefined, [['PENDING']], { confirmed: false, ended: false }],
		[
			'seen ACTIVE after a doubt',
			['CREATED'],
			undefined,
			[['ACTIVE']],
			{ confirmed: false, ended: true },
		],
		[
			'failed anew, seen later',
			['FAILURE', '1'],
			['PENDING'],
			[['FAILURE', '2']],
			{ confirmed: true, ended: true },
		],
		// The list lags behind, and shows how the validation before this one ended.
		[
			'the old FAILURE',
			['FAILURE', '1'],
			['PENDING'],
			[['FAILURE', '1']],
			{ confirmed: true, ended: false },
		],
		['no status', ['CREATED'], ['PENDING'], [['']], { confirmed: true, ended: false }],
	])('%s', (_, before, confirmed, observed, expected) => {
		expect(sent(before, confirmed, observed).entry).toMatchObject(expected);
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
	])('%s: another may be sent or not', (_, before, observed, shown, expected) => {
		const { validations, entry } = sent(before, undefined, observed);
		expect(validations.allowsAnother(entry, at(shown))).toBe(expected);
	});

	it.each([
		['confirmed', (validations: SentValidations) => validations.confirm('c', at(['ACTIVE'], 'b'))],
		['observed', (validations: SentValidations) => validations.observe('c', at(['ACTIVE'], 'b'))],
	])('one that was not sent from here is not %s', (_, show) => {
		const { validations } = sent(['CREATED'], undefined, []);
		show(validations);
		expect(validations.of('c', 'b', NOW)).toBeUndefined();
		expect(validations.of('c', 'a', NOW)).toMatchObject({ confirmed: false, ended: false });
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
	])('from %j: shown %j', (now, before, expected) => {
		expect(hasMoved(at(now), at(before))).toBe(expected);
	});
});

describe('a penny drop is not paid twice', () => {
	it.each<[string, Stand, Stand[], Stand, boolean]>([
		['under way, and the account has moved', ['CREATED'], [], ['PENDING'], false],
		// Only FAILURE comes back by itself, in the words of before, where Juspay dates nothing.
		['failed again, without dates', ['FAILURE'], [['PENDING'], ['FAILURE']], ['FAILURE'], true],
		['active again, without dates', ['ACTIVE'], [['PENDING'], ['ACTIVE']], ['ACTIVE'], false],
	])('%s: another may be sent or not', (_, before, [confirmed, ...observed], shown, expected) => {
		const { validations, entry } = sent(before, confirmed, observed);
		expect(validations.allowsAnother(entry, at(shown))).toBe(expected);
	});
});
