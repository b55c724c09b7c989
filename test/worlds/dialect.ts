import { notFound as refused } from '../../dev/simulator/errors';
import type { Account } from './adapter';
import type { Climate, Dialect } from './scenario';
import { stateAt } from './truth';
import type { Kept } from './truth';

type Json = Record<string, unknown>;

/** Whether List shows enough of an account to tell it from every other, but for leading zeros. */
export function isShownInFull({ details, blind }: Dialect, { type }: Account): boolean {
	if (blind || details === 'nowhere' || details === 'masked') return false;
	return type === 'upi' || (details !== 'lastFour' && details !== 'otherIfsc');
}

/** An account as this world's Juspay shows it. */
export function shown(
	kept: Kept,
	time: number,
	customerId: string,
	dialect: Dialect,
	inCreate = false,
): Json {
	const { status, lastValidated } = stateAt(kept, time) ?? {
		status: 'CREATED',
		lastValidated: null,
	};
	return {
		object: 'customer_account',
		id: dialect.numericIds ? Number(kept.id) : kept.id,
		...(dialect.customerId !== 'absent' && {
			customer_id: dialect.customerId === 'cst' ? `cst_${kept.customer}` : customerId,
		}),
		...details(kept.account, dialect, inCreate),
		validation_status: dialect.lowerCase ? status.toLowerCase() : status,
		last_validated: lastValidated,
	};
}

/** A deleted account as a list or Get may show it. */
export function marked(entry: Json, { mark }: Climate): Json {
	return { ...entry, [mark]: mark === 'deleted' ? true : 'DELETED' };
}

function details(account: Account, { details: how, emptyBank }: Dialect, inCreate: boolean): Json {
	if (how === 'nowhere' || (how === 'notInCreate' && inCreate)) return {};
	if (how === 'namesInCreate' && inCreate) {
		return account.type === 'upi'
			? {}
			: { account_details: { beneficiary_name: account.beneficiaryName } };
	}
	if (account.type === 'upi') {
		const vpa = how === 'masked' ? account.vpa.replace(/^[^@]+/, '****') : account.vpa;
		if (how === 'flat') return { vpa };
		const leaf = emptyBank ? { bank_account: {}, vpa } : { vpa };
		return { account_details: how === 'nested' ? { upi: { vpa } } : leaf };
	}
	const bank = {
		account_number: numberShown(account.accountNumber, how),
		ifsc: how === 'otherIfsc' ? `${account.ifsc.slice(0, 4)}0999999` : account.ifsc,
		beneficiary_name: account.beneficiaryName,
	};
	if (how === 'flat') return bank;
	return { account_details: how === 'nested' ? { bank_account: bank } : bank };
}

function numberShown(digits: string, how: Dialect['details']): string | number {
	switch (how) {
		case 'masked':
			return `XXXXXXXX${digits.slice(-4)}`;
		case 'lastFour':
			return digits.slice(-4);
		case 'withoutZeros':
			return digits.replace(/^0+/, '');
		case 'asNumber':
			return Number(digits);
		default:
			return digits;
	}
}

/** An answer of this world's Juspay, before anything happens to it on the way. */
export interface Spoken {
	status: number;
	body: unknown;
	isEmpty?: boolean;
}

export function notFound(): Spoken {
	return { status: 404, body: refused().body };
}

/** What List says of a customer without accounts. */
export function nothing({ empty }: Dialect): Spoken {
	switch (empty) {
		case 'list':
			return { status: 200, body: { object: 'list', list: [], total: 0, offset: 0, count: 0 } };
		case 'bare':
			return { status: 200, body: [] };
		case 'object':
			return { status: 200, body: {} };
		case 'null':
			return { status: 200, body: null };
		case 'listNull':
			return { status: 200, body: { object: 'list', list: null } };
		case '404':
			return notFound();
		case '204':
			return { status: 204, body: undefined, isEmpty: true };
	}
}

/** One page of a list. What has no total has no pages. */
export function page(entries: Json[], offset: number, { list, pageSize }: Dialect): unknown {
	if (list === 'bare') return entries;
	const rest = entries.slice(offset, offset + pageSize);
	return {
		object: 'list',
		[list]: rest,
		total: entries.length,
		offset,
		count: rest.length,
	};
}

/** The answer to a create. */
export function answerToCreate(entries: Json[], { created }: Dialect): unknown {
	if (created === 'one' && entries.length === 1) return entries[0];
	if (created === 'list') return { object: 'list', list: entries, total: entries.length };
	return created === 'data' ? { accounts: entries } : entries;
}
