import type { Call } from '../nodes/Juspay/wire/contract';
import type { Account } from '../nodes/Juspay/account/types';

/** A request about a customer: its accounts, or new ones. */
export interface AskedOfCustomer {
	to: 'list' | 'create';
	customerId: string;
	accounts: Account[];
	validate: boolean;
	offset: number;
}

/** A request about one account. */
export interface AskedOfAccount {
	to: 'get' | 'validate' | 'delete';
	customerId: string;
	id: string;
}

/** What a request asks for, read from the wire as Juspay reads it. */
export type Asked = AskedOfCustomer | AskedOfAccount;

interface Wired {
	bank_account?: { account_number: string; ifsc: string; beneficiary_name?: string };
	upi?: { vpa: string };
}

function unwired({ bank_account: bank, upi }: Wired): Account {
	return bank
		? {
				type: 'bankAccount',
				accountNumber: bank.account_number,
				ifsc: bank.ifsc,
				beneficiaryName: bank.beneficiary_name ?? '',
			}
		: { type: 'upi', vpa: upi?.vpa ?? '' };
}

/** Reads a request; throws where the code under test asks for something that this Juspay doesn't have. */
export function read({ method, path, form = {} }: Call): Asked {
	const [, customerId = '', rest = ''] = /^\/customers\/([^/]+)\/(.+)$/.exec(path) ?? [];
	const list = /^customer-accounts\/list(?:\?offset=(\d+))?$/.exec(rest);
	if (list || rest === 'accounts') {
		const accounts = JSON.parse(form.account_details ?? '[]') as Wired[];
		return {
			to: list ? 'list' : 'create',
			customerId,
			accounts: accounts.map(unwired),
			validate: form.command === 'validate',
			offset: Number(list?.[1] ?? 0),
		};
	}
	const [, id, action] = /^customer-accounts\/([^/]+)(\/validate)?$/.exec(rest) ?? [];
	if (id !== undefined && form.command === 'delete') return { to: 'delete', customerId, id };
	if (id === undefined || (action === undefined) !== (method === 'GET')) {
		throw new RangeError(`Nobody here answers ${method} ${path}`);
	}
	return { to: action ? 'validate' : 'get', customerId, id };
}
