import fc from 'fast-check';
import type { Account } from '../../nodes/Juspay/account/types';
import { identityOf } from '../../nodes/Juspay/account/identity';
import { WantedAccounts } from '../../nodes/Juspay/once/createAccounts/wantedAccounts';
import type { Failure } from '../../nodes/Juspay/http/words';
import { bank, registered, upi } from './accounts';

function failure(message: string): Failure {
	return {
		kind: 'refused',
		effect: 'none',
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
function told(wanted: WantedAccounts): string[] {
	return wanted
		.results(OTHERWISE)
		.map((result) =>
			'failure' in result ? result.failure.message : `${result.account.id} ${result.outcome}`,
		);
}

describe('the wanted on accounts that are wanted', () => {
	it('answer for every account, in the order given, whatever was entered', () => {
		fc.assert(
			fc.property(
				wanted,
				fc.array(fc.nat(5)),
				fc.boolean(),
				fc.boolean(),
				(accounts, there, isRefused, once) => {
					const wanted = new WantedAccounts(accounts, once);
					const isThere = ({ wanted: account }: { wanted: Account }) =>
						there.some((index) => identityOf(upi(`PERSON${index}@upi`)) === identityOf(account));
					for (const entry of wanted.open().filter(isThere)) {
						wanted.settle(entry, registered(identityOf(entry.wanted), entry.wanted), 'existing');
					}
					if (isRefused) wanted.fail(wanted.open(), REFUSED);
					expect(wanted.open().every((entry) => !isThere(entry))).toBe(true);
					expect(told(wanted)).toEqual(
						accounts.map((account) =>
							isThere({ wanted: account })
								? `${identityOf(account)} existing`
								: (isRefused ? REFUSED : OTHERWISE).message,
						),
					);
				},
			),
		);
	});

	it.each([
		[true, 2, ['1 created', '2 created', '1 existing']],
		[false, 3, ['1 created', '2 created', '3 created']],
	])('one account in two rows is one or two of them (once: %j)', (once, count, expected) => {
		const wanted = new WantedAccounts([upi('asha@upi'), upi('ravi@upi'), upi('Asha@UPI')], once);
		const open = wanted.open();
		expect(open).toHaveLength(count);
		for (const [index, entry] of open.entries()) {
			wanted.settle(entry, registered(`${index + 1}`, entry.wanted), 'created');
		}
		expect(told(wanted)).toEqual(expected);
		expect(wanted.existing().map(({ account }) => account.id)).toHaveLength(count);
	});

	it('let nothing that is known be overwritten by a refusal', () => {
		const wanted = new WantedAccounts([upi('asha@upi'), upi('ravi@upi')], true);
		const [asha, ravi] = wanted.open();
		if (!asha || !ravi) throw new RangeError();
		wanted.settle(asha, registered('1', asha.wanted), 'existing');
		wanted.fail([asha, ravi], REFUSED);
		wanted.fail([asha, ravi], OTHERWISE);
		expect(told(wanted)).toEqual(['1 existing', 'refused']);
		expect(wanted.open()).toEqual([]);
		expect(wanted.open([asha])).toEqual([]);
	});

	it('take a validation as started once, for the first of the rows', () => {
		const account = upi('asha@upi');
		const wanted = new WantedAccounts([account, account], true);
		const [entry] = wanted.open();
		if (!entry) throw new RangeError();
		entry.result = { account: registered('1', account), outcome: 'created', validation: 'started' };
		expect(wanted.results(OTHERWISE)).toMatchObject([
			{ outcome: 'created', validation: 'started' },
			{ outcome: 'existing', validation: 'notNeeded' },
		]);
	});

	it('fill in what Juspay hides, and know what is there although its validation was refused', () => {
		const account = bank('026291800001191');
		const wanted = new WantedAccounts([account, upi('asha@upi')], true);
		const [entry, other] = wanted.open();
		if (!entry || !other) throw new RangeError();
		wanted.settle(entry, registered('1', account, { accountNumber: 'XXXX1191' }), 'created');
		wanted.fail([other], REFUSED);
		expect(wanted.existing()).toMatchObject([
			{ account: { accountNumber: '026291800001191' }, outcome: 'created' },
		]);
		entry.result = { failure: REFUSED, account: registered('1', account), outcome: 'created' };
		expect(wanted.existing()).toMatchObject([{ account: { id: '1' } }]);
		expect(told(wanted)).toEqual(['refused', 'refused']);
	});
});

describe('accounts of which some are still open', () => {
	it('exist where that is known, and only there', () => {
		const accounts = new WantedAccounts([upi('asha@upi'), upi('ravi@upi')], true);
		const [asha] = accounts.open();
		if (!asha) throw new RangeError();
		expect(accounts.existing()).toEqual([]);
		accounts.settle(asha, registered('1', asha.wanted), 'created');
		expect(accounts.existing().map(({ account }) => account.id)).toEqual(['1']);
	});
});

describe('one account in two rows that is refused', () => {
	it('is refused in both, and exists in neither', () => {
		const accounts = new WantedAccounts([upi('asha@upi'), upi('ASHA@upi')], true);
		accounts.fail(accounts.open(), REFUSED);
		expect(accounts.results(OTHERWISE)).toEqual([{ failure: REFUSED }, { failure: REFUSED }]);
	});
});
