import type { Account, BankAccount, UpiId } from '../../nodes/Juspay/account/types';
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

/** Where a UPI ID stands in its entry. */
const UPI = ['upi.vpa', 'vpa', 'upi as text', 'vpa.vpa'] as const;

/** Where `bank_code` stands. */
const BANK_CODE = ['left out', 'beside', 'inside'] as const;

/** One way to write a Create's body. */
export interface CreateForm {
	outer: (typeof OUTER)[number];
	bank: (typeof BANK)[number];
	upi: (typeof UPI)[number];
	bankCode: (typeof BANK_CODE)[number];
}

type Entry = Record<string, unknown>;

function bankEntry(account: BankAccount, { bank, bankCode }: CreateForm): Entry {
	const code = account.bankCode && { bank_code: account.bankCode };
	const fields = {
		account_number: account.accountNumber,
		ifsc: account.ifsc,
		...(account.beneficiaryName && { beneficiary_name: account.beneficiaryName }),
		...(bankCode === 'inside' && code),
	};
	const beside = bankCode === 'beside' && code;
	if (bank === 'flat') return { ...fields, ...beside };
	return { ...beside, [bank]: fields };
}

function upiEntry({ vpa }: UpiId, { upi }: CreateForm): Entry {
	switch (upi) {
		case 'upi.vpa':
			return { upi: { vpa } };
		case 'vpa':
			return { vpa };
		case 'upi as text':
			return { upi: vpa };
		case 'vpa.vpa':
			return { vpa: { vpa } };
	}
}

/** A Create's form fields in this form. */
export function formOf(form: CreateForm, accounts: readonly Account[]): Record<string, string> {
	const entries = accounts.map((account) =>
		account.type === 'upi' ? upiEntry(account, form) : bankEntry(account, form),
	);
	return { [form.outer]: JSON.stringify(entries) };
}

/** What contract.ts sends. */
function contractsOwn(account: Account): string {
	return JSON.stringify(createAccounts('', [account], NO_SETTINGS).form);
}

const ALL: CreateForm[] = OUTER.flatMap((outer) =>
	BANK.flatMap((bank) =>
		UPI.flatMap((upi) => BANK_CODE.map((bankCode) => ({ outer, bank, upi, bankCode }))),
	),
);

/** The form that contract.ts has; undefined where it is none of the candidates. */
export function contractForm(): CreateForm | undefined {
	const accounts = [MAGIC.pendingThenValid, MAGIC.upi];
	return ALL.find((form) =>
		accounts.every((account) => JSON.stringify(formOf(form, [account])) === contractsOwn(account)),
	);
}

function keys(form: CreateForm): string {
	return JSON.stringify(form);
}

function unique(forms: CreateForm[]): CreateForm[] {
	return [...new Map(forms.map((form) => [keys(form), form])).values()];
}

/** Forms for a bank account, the contract's own first; `bank_code` is left out before it is tried in its places. */
export function bankForms(own: CreateForm): CreateForm[] {
	const codes = ['left out', own.bankCode, ...BANK_CODE] as const;
	return unique(
		[own.outer, ...OUTER].flatMap((outer) =>
			[own.bank, ...BANK].flatMap((bank) =>
				codes
					// Flat, there is no inside.
					.filter((bankCode) => !(bank === 'flat' && bankCode === 'inside'))
					.map((bankCode) => ({ ...own, outer, bank, bankCode })),
			),
		),
	);
}

/** Forms for a UPI ID beside what is known of bank accounts. */
export function upiForms(known: CreateForm, own: CreateForm): CreateForm[] {
	return unique([own.upi, ...UPI].map((upi) => ({ ...known, upi })));
}

/** Forms for `bank_code` beside what is known of bank accounts. */
export function bankCodeForms(known: CreateForm, own: CreateForm): CreateForm[] {
	const places = known.bank === 'flat' ? (['beside'] as const) : (['beside', 'inside'] as const);
	return unique([own.bankCode, ...places].map((bankCode) => ({ ...known, bankCode })));
}

/** What the fields of a Validate may be called, the contract's own first. */
export const VALIDATE_FIELDS = {
	amount: ['amount', 'validation_amount'],
	gatewayId: ['gateway_id', 'preferred_gateway'],
};
