import fc from 'fast-check';
import type { Account, CustomerAccount } from '../../nodes/Juspay/accounts/account';
import { Ledger } from '../../nodes/Juspay/accounts/ledger';

const upi = (vpa: string): Account => ({ type: 'upi', vpa });
const bank = (accountNumber: string): Account => ({
	type: 'bankAccount',
	accountNumber,
	ifsc: 'AABF0008032',
});

/** An account as Juspay answers it, its details perhaps hidden. */
function registered(account: Account, shown: Partial<CustomerAccount> = {}): CustomerAccount {
	const name = account.type === 'upi' ? account.vpa : account.accountNumber;
	return {
		id: `banh_${name}`,
		customerId: 'cst_1',
		accountNumber: '',
		ifsc: '',
		beneficiaryName: '',
		vpa: '',
		status: 'CREATED',
		dateCreated: '',
		lastValidated: '',
		raw: {},
		...account,
		...shown,
	};
}

const wanted = fc.array(
	fc.nat(5).map((index) => upi(`person${index}@upi`)),
	{ minLength: 1, maxLength: 12 },
);
const OTHERWISE = 'never entered';

describe('the books on accounts that are wanted', () => {
	it('answer for every account, in the order given, whatever was entered in which order', () => {
		fc.assert(
			fc.property(wanted, fc.array(fc.nat(7)), fc.array(fc.nat(7)), (accounts, there, failing) => {
				const books = new Ledger<string>(accounts);
				books.settle(
					there.map((index) => registered(upi(`PERSON${index}@upi`))),
					'existing',
				);
				books.fail(
					books.missing().filter(([, { type }]) => type === 'upi' && failing.length % 2 === 1),
					'refused',
				);
				const answers = books.answers(OTHERWISE);
				expect(answers).toHaveLength(accounts.length);
				for (const [index, answer] of answers.entries()) {
					const account = accounts[index];
					const name = account?.type === 'upi' ? account.vpa.toLowerCase() : '';
					if ('failure' in answer) {
						expect(there.some((at) => name === `person${at}@upi`)).toBe(false);
						expect(answer.failure).toBe(failing.length % 2 === 1 ? 'refused' : OTHERWISE);
					} else expect(answer.account.vpa.toLowerCase()).toBe(name);
				}
			}),
		);
	});

	it('name one that is wanted twice as created once, then as existing', () => {
		const books = new Ledger<string>([upi('asha@upi'), upi('ravi@upi'), upi('Asha@UPI')]);
		expect(books.missing()).toHaveLength(2);
		books.settle([registered(upi('asha@upi')), registered(upi('ravi@upi'))], 'created');
		const outcomes = books.answers(OTHERWISE).map((it) => 'outcome' in it && it.outcome);
		expect(outcomes).toEqual(['created', 'created', 'existing']);
	});

	it('keep the first news of an account that is there, and take back that it failed', () => {
		const books = new Ledger<string>([upi('asha@upi')]);
		books.fail(books.missing(), 'refused');
		books.settle([registered(upi('asha@upi'))], 'existing');
		books.settle([registered(upi('asha@upi'), { id: 'banh_other' })], 'created');
		expect(books.answers(OTHERWISE)).toEqual([
			{ account: registered(upi('asha@upi')), outcome: 'existing' },
		]);
		expect(books.missing()).toEqual([]);
	});

	it('take no notice of accounts that nobody wants', () => {
		const books = new Ledger<string>([upi('asha@upi')]);
		books.settle([registered(upi('other@upi')), registered(bank('123456789'))], 'existing');
		expect(books.answers(OTHERWISE)).toEqual([{ failure: OTHERWISE }]);
	});
});

describe('a create answered without details', () => {
	const first = bank('123456780001');
	const second = bank('123456780002');
	const hidden = (account: Account, id: string, accountNumber: string) =>
		registered(account, { id, accountNumber, ifsc: '' });
	const idsAfter = (accounts: CustomerAccount[]) => {
		const books = new Ledger<string>([first, second]);
		books.settleCreated(books.missing(), accounts);
		return books.answers(OTHERWISE).map((it) => ('account' in it ? it.account.id : it.failure));
	};

	it.each([
		['left out', '', ''],
		['masked', 'XXXXXXXX0001', 'XXXXXXXX0002'],
	])('(%s) is taken in the order of the request', (_, one, other) => {
		expect(idsAfter([hidden(first, 'banh_1', one), hidden(second, 'banh_2', other)])).toEqual([
			'banh_1',
			'banh_2',
		]);
	});

	it('is not taken where it names fewer', () => {
		expect(idsAfter([hidden(first, 'banh_1', '')])).toEqual([OTHERWISE, OTHERWISE]);
	});

	it('gives no account the ID of another, where the digits that are shown say so', () => {
		const swapped = idsAfter([
			hidden(second, 'banh_2', 'XXXXXXXX0002'),
			hidden(first, 'banh_1', 'XXXXXXXX0001'),
		]);
		expect(swapped[0]).not.toBe('banh_2');
		expect(swapped[1]).not.toBe('banh_1');
	});
});
