import fc from 'fast-check';
import type { Account } from '../../nodes/Juspay/account/types';
import { identityOf } from '../../nodes/Juspay/account/identity';
import type { WantedAccount } from '../../nodes/Juspay/once/ledger';
import { Ledger } from '../../nodes/Juspay/once/ledger';
import type { Failure } from '../../nodes/Juspay/http/failure';
import { bank, registered, upi } from './accounts';

function failure(message: string, effect: Failure['effect'] = 'none'): Failure {
	return {
		kind: 'refused',
		effect,
		transient: false,
		scope: 'account',
		code: 'REFUSED',
		message,
		description: '',
	};
}

const REFUSED = failure('refused');
const OTHERWISE = failure('never entered');

const wanted = fc.array(
	fc.nat(5).map((index) => upi(`person${index}@upi`)),
	{ minLength: 1, maxLength: 12 },
);

/** What became of each account, in a word. */
function told(ledger: Ledger): string[] {
	return ledger
		.results(OTHERWISE)
		.map((result) =>
			'failure' in result ? result.failure.message : `${result.account.id} ${result.outcome}`,
		);
}

/** A ledger of accounts that share entries where they are equal, and its entries. */
function opened(...accounts: Account[]): { ledger: Ledger; entries: WantedAccount[] } {
	const ledger = new Ledger(accounts, true);
	return { ledger, entries: ledger.open() };
}

describe('the ledger of wanted accounts', () => {
	it('answers for every account, in the order given, whatever was entered', () => {
		fc.assert(
			fc.property(wanted, fc.array(fc.nat(5)), fc.boolean(), (accounts, there, isUnique) => {
				const ledger = new Ledger(accounts, isUnique);
				const isThere = ({ wanted: account }: { wanted: Account }) =>
					there.some((index) => identityOf(upi(`PERSON${index}@upi`)) === identityOf(account));
				for (const entry of ledger.open().filter(isThere)) {
					ledger.settle(entry, registered(identityOf(entry.wanted), entry.wanted), 'existing');
				}
				expect(ledger.open().every((entry) => !isThere(entry))).toBe(true);
				expect(told(ledger)).toEqual(
					accounts.map((account) =>
						isThere({ wanted: account }) ? `${identityOf(account)} existing` : OTHERWISE.message,
					),
				);
			}),
		);
	});

	it.each([
		[true, 2, ['1 created', '2 created', '1 existing']],
		[false, 3, ['1 created', '2 created', '3 created']],
	])(
		'has one or two entries for one account in two rows (unique: %j)',
		(isUnique, count, expected) => {
			const ledger = new Ledger([upi('asha@upi'), upi('ravi@upi'), upi('Asha@UPI')], isUnique);
			const open = ledger.open();
			expect(open).toHaveLength(count);
			for (const [index, entry] of open.entries()) {
				ledger.settle(entry, registered(`${index + 1}`, entry.wanted), 'created');
			}
			expect(told(ledger)).toEqual(expected);
			expect(ledger.existing()).toHaveLength(count);
		},
	);

	it.each([
		['started', 'CREATED', 'alreadyStarted'],
		['started', 'PENDING', 'alreadyStarted'],
		['started', 'ACTIVE', 'notNeeded'],
		['alreadyStarted', 'CREATED', 'alreadyStarted'],
		['notNeeded', 'CREATED', 'notNeeded'],
		['wouldStart', 'CREATED', 'notNeeded'],
	] as const)(
		'says of the other rows of an account whose validation is %s and shows %s: %s',
		(validation, status, others) => {
			const { ledger, entries } = opened(upi('asha@upi'), upi('asha@upi'));
			for (const entry of entries) {
				const account = registered('1', entry.wanted, { status });
				entry.result = { account, outcome: 'created', validation };
			}
			expect(ledger.results(OTHERWISE)).toMatchObject([
				{ outcome: 'created', validation },
				{ outcome: 'existing', validation: others },
			]);
		},
	);

	it('fills in what Juspay hides', () => {
		const { ledger, entries } = opened(bank('026291800001191'));
		for (const entry of entries) {
			ledger.settle(entry, registered('1', entry.wanted, { accountNumber: 'XXXX1191' }), 'created');
		}
		expect(ledger.existing()).toMatchObject([
			{ account: { accountNumber: '026291800001191' }, outcome: 'created' },
		]);
	});

	it('knows as existing what is there, also where its validation was refused, and nothing else', () => {
		const { ledger, entries } = opened(upi('a@upi'), upi('b@upi'), upi('c@upi'), upi('d@upi'));
		const [there, unvalidated, refused] = entries;
		if (!there || !unvalidated || !refused) throw new RangeError();
		ledger.settle(there, registered('1', there.wanted), 'existing');
		const account = registered('2', unvalidated.wanted);
		unvalidated.result = { failure: REFUSED, account, outcome: 'created' };
		refused.result = { failure: REFUSED };
		expect(ledger.existing().map((one) => one.account.id)).toEqual(['1', '2']);
	});

	it('knows as ended what is an account or may be one: not what was refused', () => {
		const { ledger, entries } = opened(upi('a@upi'), upi('b@upi'), upi('c@upi'), upi('d@upi'));
		const [there, refused, lost] = entries;
		if (!there || !refused || !lost) throw new RangeError();
		ledger.settle(there, registered('1', there.wanted), 'created');
		refused.result = { failure: REFUSED };
		lost.result = { failure: failure('lost', 'unknown') };
		expect(ledger.ended()).toEqual([there, lost]);
	});

	it('refuses both rows of one account that is refused', () => {
		const { ledger, entries } = opened(upi('asha@upi'), upi('ASHA@upi'));
		for (const entry of entries) entry.result = { failure: REFUSED };
		expect(told(ledger)).toEqual(['refused', 'refused']);
	});
});
