import fc from 'fast-check';
import type { Account } from '../../nodes/Juspay/domain/account';
import { identityOf } from '../../nodes/Juspay/domain/identity';
import { Books } from '../../nodes/Juspay/api/exactlyOnce/books';
import type { Failure } from '../../nodes/Juspay/api/words';
import { bank, registered, upi } from './accounts';

function failure(message: string): Failure {
	return {
		kind: 'refused',
		effect: 'none',
		transient: false,
		scope: 'account',
		code: 'X',
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
function told(books: Books): string[] {
	return books
		.answers(OTHERWISE)
		.map((made) =>
			'failure' in made ? made.failure.message : `${made.account.id} ${made.outcome}`,
		);
}

describe('the books on accounts that are wanted', () => {
	it('answer for every account, in the order given, whatever was entered', () => {
		fc.assert(
			fc.property(
				wanted,
				fc.array(fc.nat(5)),
				fc.boolean(),
				fc.boolean(),
				(accounts, there, isRefused, once) => {
					const books = new Books(accounts, once);
					const isThere = ({ wanted: account }: { wanted: Account }) =>
						there.some((index) => identityOf(upi(`PERSON${index}@upi`)) === identityOf(account));
					for (const entry of books.open().filter(isThere)) {
						books.settle(entry, registered(identityOf(entry.wanted), entry.wanted), 'existing');
					}
					if (isRefused) books.fail(books.open(), REFUSED);
					expect(books.open().every((entry) => !isThere(entry))).toBe(true);
					expect(told(books)).toEqual(
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
		const books = new Books([upi('asha@upi'), upi('ravi@upi'), upi('Asha@UPI')], once);
		const open = books.open();
		expect(open).toHaveLength(count);
		for (const [index, entry] of open.entries()) {
			books.settle(entry, registered(`${index + 1}`, entry.wanted), 'created');
		}
		expect(told(books)).toEqual(expected);
		expect(books.there().map(({ account }) => account.id)).toHaveLength(count);
	});

	it('let nothing that is known be overwritten by a refusal', () => {
		const books = new Books([upi('asha@upi'), upi('ravi@upi')], true);
		const [asha, ravi] = books.open();
		if (!asha || !ravi) throw new RangeError();
		books.settle(asha, registered('1', asha.wanted), 'existing');
		books.fail([asha, ravi], REFUSED);
		books.fail([asha, ravi], OTHERWISE);
		expect(told(books)).toEqual(['1 existing', 'refused']);
		expect(books.open()).toEqual([]);
		expect(books.open([asha])).toEqual([]);
	});

	it('take a validation as started once, for the first of the rows', () => {
		const account = upi('asha@upi');
		const books = new Books([account, account], true);
		const [entry] = books.open();
		if (!entry) throw new RangeError();
		entry.made = { account: registered('1', account), outcome: 'created', validation: 'started' };
		expect(books.answers(OTHERWISE)).toMatchObject([
			{ outcome: 'created', validation: 'started' },
			{ outcome: 'existing', validation: 'notNeeded' },
		]);
	});

	it('fill in what Juspay hides, and know what is there although its validation was refused', () => {
		const account = bank('026291800001191');
		const books = new Books([account, upi('asha@upi')], true);
		const [entry, other] = books.open();
		if (!entry || !other) throw new RangeError();
		books.settle(entry, registered('1', account, { accountNumber: 'XXXX1191' }), 'created');
		books.fail([other], REFUSED);
		expect(books.there()).toMatchObject([
			{ account: { accountNumber: '026291800001191' }, outcome: 'created' },
		]);
		entry.made = { failure: REFUSED, account: registered('1', account), outcome: 'created' };
		expect(books.there()).toMatchObject([{ account: { id: '1' } }]);
		expect(told(books)).toEqual(['refused', 'refused']);
	});
});
