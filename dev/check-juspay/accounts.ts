import type { Account, BankAccount, UpiId } from '../../nodes/Juspay/account/types';

const NAME = 'Nathan Kumar';

/** An account of Juspay's sandbox test cases. */
function bank(accountNumber: string, ifsc: string): BankAccount {
	return { type: 'bankAccount', accountNumber, ifsc, beneficiaryName: NAME };
}

/** The code that Juspay's own samples send. */
const BANK_CODE = 'JP_HDFC';

/** Accounts that Juspay's sandbox documents; none belongs to a person. */
export const MAGIC = {
	valid: bank('026291800001191', 'YESB0000262'),
	invalid: bank('000100289877623', 'SBIN0008752'),
	pendingThenValid: { ...bank('02014457596968', 'CITI0000001'), bankCode: BANK_CODE },
	alwaysPending: bank('02014457596969', 'CITI0000001'),
	upi: { type: 'upi', vpa: 'success@upi' } as UpiId,
	invalidUpi: { type: 'upi', vpa: 'invalid@upi' } as UpiId,
};

/** A bank account with a code, in place of the same one without. */
export function withBankCode(account: BankAccount): BankAccount {
	return { ...account, bankCode: BANK_CODE };
}

/** What must not stand in the report: whole values, also without leading zeros. */
export function valuesOf(account: Account): string[] {
	if (account.type === 'upi') return [account.vpa];
	const { accountNumber, ifsc, beneficiaryName = '' } = account;
	return [accountNumber, accountNumber.replace(/^0+/, ''), ifsc, beneficiaryName];
}
