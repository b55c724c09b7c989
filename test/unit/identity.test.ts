import fc from 'fast-check';
import type { Account, CustomerAccount } from '../../nodes/Juspay/accounts/account';
import { byIdentity, identityOf } from '../../nodes/Juspay/accounts/identity';
import { accountNumbers, ifscs, vpas } from './arbitraries';

const bank = (accountNumber: string, ifsc: string): Account => ({
	type: 'bankAccount',
	accountNumber,
	ifsc,
});
const upi = (vpa: string): Account => ({ type: 'upi', vpa });

function registered(id: string, status: string, vpa = 'asha@upi'): CustomerAccount {
	return {
		id,
		status,
		vpa,
		type: 'upi',
		customerId: 'cst_1',
		accountNumber: '',
		ifsc: '',
		beneficiaryName: '',
		dateCreated: '',
		lastValidated: '',
		raw: {},
	};
}

describe('two accounts are the same', () => {
	it('when their UPI IDs differ in case only', () => {
		fc.assert(
			fc.property(vpas, (vpa) => {
				expect(identityOf(upi(vpa.toUpperCase()))).toBe(identityOf(upi(vpa.toLowerCase())));
			}),
		);
	});

	it('when their IFSCs differ in case only', () => {
		fc.assert(
			fc.property(accountNumbers, ifscs, (number, ifsc) => {
				expect(identityOf(bank(number, ifsc.toLowerCase()))).toBe(identityOf(bank(number, ifsc)));
			}),
		);
	});

	it('whatever the name of the beneficiary and the code of the bank', () => {
		const named = { ...bank('123456789', 'AABF0008032'), beneficiaryName: 'Asha', bankCode: '1' };
		expect(identityOf(named)).toBe(identityOf(bank('123456789', 'AABF0008032')));
	});
});

describe('two accounts are different', () => {
	it('when number, IFSC or UPI ID differ', () => {
		fc.assert(
			fc.property(accountNumbers, ifscs, accountNumbers, ifscs, (number, ifsc, number2, ifsc2) => {
				const same = number === number2 && ifsc === ifsc2;
				expect(identityOf(bank(number, ifsc)) === identityOf(bank(number2, ifsc2))).toBe(same);
			}),
		);
		fc.assert(
			fc.property(vpas, vpas, (one, other) => {
				const same = one.toLowerCase() === other.toLowerCase();
				expect(identityOf(upi(one)) === identityOf(upi(other))).toBe(same);
			}),
		);
	});

	it('when a leading zero makes the difference', () => {
		expect(identityOf(bank('0123456789', 'AABF0008032'))).not.toBe(
			identityOf(bank('123456789', 'AABF0008032')),
		);
	});

	it('when one is a bank account and the other a UPI ID', () => {
		fc.assert(
			fc.property(accountNumbers, ifscs, vpas, (number, ifsc, vpa) => {
				expect(identityOf(bank(number, ifsc))).not.toBe(identityOf(upi(vpa)));
			}),
		);
	});
});

describe('of accounts that a customer has twice', () => {
	it.each([
		[['FAILURE', 'ACTIVE'], 'ACTIVE'],
		[['CREATED', 'PENDING', 'ACTIVE'], 'ACTIVE'],
		[['FAILURE', 'CREATED', 'PENDING'], 'PENDING'],
		[['FAILURE', 'CREATED'], 'CREATED'],
		[['IN_REVIEW', 'CREATED'], 'CREATED'],
	])('%j counts the one that is %s', (statuses, counts) => {
		const accounts = statuses.map((status, index) => registered(`banh_${index}`, status));
		expect([...byIdentity(accounts).values()].map(({ status }) => status)).toEqual([counts]);
	});

	it('the first counts where none is more useful', () => {
		const accounts = [registered('banh_1', 'ACTIVE'), registered('banh_2', 'ACTIVE', 'ASHA@UPI')];
		expect([...byIdentity(accounts).values()].map(({ id }) => id)).toEqual(['banh_1']);
	});

	it('no account without a twin is lost', () => {
		fc.assert(
			fc.property(fc.uniqueArray(vpas, { selector: (vpa) => vpa.toLowerCase() }), (unique) => {
				const accounts = unique.map((vpa, index) => registered(`banh_${index}`, 'CREATED', vpa));
				expect([...byIdentity(accounts).values()]).toEqual(accounts);
			}),
		);
	});
});
