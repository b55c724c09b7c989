import type { Account, BankAccount } from '../../nodes/Juspay/account/types';
import { createAccounts } from '../../nodes/Juspay/wire/contract';
import { MAGIC } from './accounts';

/** Settings of a request to which nothing is added. */
export const NO_SETTINGS = {
	routingId: '',
	gatewayId: '',
	gatewayReferenceId: '',
	validationAmount: '',
	bodyFields: [],
};

/** The form field with the array of accounts. The first is likeliest. */
const OUTER = ['account_details', 'accounts', 'bank_accounts', 'customer_accounts'] as const;

/** Where a bank account's fields stand in its entry. */
const BANK = ['bank_account', 'flat', 'account_details'] as const;

/** How a UPI ID stands in its entry. */
const UPI = {
	'upi.vpa': (vpa: string) => ({ upi: { vpa } }),
	vpa: (vpa: string) => ({ vpa }),
	'upi as text': (vpa: string) => ({ upi: vpa }),
	'vpa.vpa': (vpa: string) => ({ vpa: { vpa } }),
};
const UPI_FORMS = Object.keys(UPI) as Array<keyof typeof UPI>;

/** Where `bank_code` stands. */
const BANK_CODE = ['left out', 'beside', 'inside'] as const;

/** One way to write a Create's body. */
export interface CreateForm {
	outer: (typeof OUTER)[number];
	bank: (typeof BANK)[number];
	upi: keyof typeof UPI;
	bankCode: (typeof BANK_CODE)[number];
}

function bankEntry(account: BankAccount, { bank, bankCode }: CreateForm): object {
	const code = account.bankCode && { bank_code: account.bankCode };
	const fields = {
		account_number: account.accountNumber,
		ifsc: account.ifsc,
		...(account.beneficiaryName && { beneficiary_name: account.beneficiaryName }),
		...(bankCode === 'inside' && code),
	};
	const beside = bankCode === 'beside' && code;
	return bank === 'flat' ? { ...fields, ...beside } : { ...beside, [bank]: fields };
}

/** A Create's form fields in this form. */
export function formOf(form: CreateForm, accounts: readonly Account[]): Record<string, string> {
	const entries = accounts.map((account) =>
		account.type === 'upi' ? UPI[form.upi](account.vpa) : bankEntry(account, form),
	);
	return { [form.outer]: JSON.stringify(entries) };
}

/** The form that contract.ts has; undefined where it is none of the candidates. */
export function contractForm(): CreateForm | undefined {
	const accounts = [MAGIC.pendingThenValid, MAGIC.upi];
	const own = JSON.stringify(createAccounts('', accounts, NO_SETTINGS).form);
	return OUTER.flatMap((outer) =>
		BANK.flatMap((bank) =>
			UPI_FORMS.flatMap((upi) => BANK_CODE.map((bankCode) => ({ outer, bank, upi, bankCode }))),
		),
	).find((form) => JSON.stringify(formOf(form, accounts)) === own);
}

/** Values to try, the one that is known or likeliest first. */
const firstOf = <T>(first: T, others: readonly T[]): T[] => [...new Set([first, ...others])];

/** Forms for a bank account, the contract's own first; `bank_code` is left out before it is tried in its places. */
export function bankForms(own: CreateForm): CreateForm[] {
	const codes = firstOf<CreateForm['bankCode']>('left out', [own.bankCode, ...BANK_CODE]);
	return firstOf(own.outer, OUTER).flatMap((outer) =>
		firstOf(own.bank, BANK).flatMap((bank) =>
			codes
				// Flat, there is no inside.
				.filter((bankCode) => !(bank === 'flat' && bankCode === 'inside'))
				.map((bankCode) => ({ ...own, outer, bank, bankCode })),
		),
	);
}

/** Forms for a UPI ID beside what is known of bank accounts. */
export function upiForms(known: CreateForm, own: CreateForm): CreateForm[] {
	return firstOf(own.upi, UPI_FORMS).map((upi) => ({ ...known, upi }));
}

/** Forms for `bank_code` beside what is known of bank accounts. */
export function bankCodeForms(known: CreateForm, own: CreateForm): CreateForm[] {
	const places = known.bank === 'flat' ? (['beside'] as const) : (['beside', 'inside'] as const);
	return firstOf<CreateForm['bankCode']>(own.bankCode, places).map((bankCode) => ({
		...known,
		bankCode,
	}));
}

/** What the fields of a Validate may be called, the contract's own first. */
export const VALIDATE_FIELDS = {
	amount: ['amount', 'validation_amount'],
	gatewayId: ['gateway_id', 'preferred_gateway'],
};
