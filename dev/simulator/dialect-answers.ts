import {
	Verbatim,
	type AccountBody,
	type Asked,
	type Details,
	type Dialect,
	type Reply,
	type Totals,
	type Window,
} from './dialects';

/** In a Create's answer, what stands in the place of an account that was refused. */
export class RefusedEntry {
	constructor(readonly body: object) {}
}

/** Several accounts, in the answer to Create or List. */
export interface SeveralAccounts {
	accounts: Array<AccountBody | RefusedEntry>;
	/** How many accounts there are in all, more than these if List shows a page or a fault left some out. */
	whole: number;
	/** What List says beside them. */
	totals?: Totals;
	/** The simulator's own body, unless a dialect has another. */
	wrap: (accounts: object[], totals: Totals) => unknown;
}

/** What a call answers before a dialect has its say, always with 200. */
export type Answer =
	| { body: object }
	| { deleted: string }
	| { account: AccountBody }
	| SeveralAccounts;

/** How a request is answered: in which dialects, and to which question. */
export interface Manner {
	dialects: readonly Dialect[];
	asked: Asked;
	/** Whether the simulator's own list nests bank details. */
	nestBankDetails: boolean;
}

/** Values through one hook of all dialects that have it. */
function through<T>(value: T, changes: Array<((value: T) => T) | undefined>): T {
	return changes.reduce<T>((current, change) => (change ? change(current) : current), value);
}

/** The one hook of a kind that can't be combined. */
function only<Name extends keyof Dialect>(
	dialects: readonly Dialect[],
	name: Name,
): Dialect[Name] | undefined {
	return dialects.find((dialect) => dialect[name] !== undefined)?.[name];
}

function statusIn(dialects: readonly Dialect[], status: string): string {
	return through(
		status,
		dialects.map((dialect) => dialect.status),
	);
}

function idIn(dialects: readonly Dialect[], id: string): unknown {
	return only(dialects, 'id')?.(id) ?? id;
}

/**
 * The simulator's own ID of an account that a path names as a dialect writes it; else the ID as it is.
 *
 * @param ids of all accounts it could be
 */
export function ownId(dialects: readonly Dialect[], sent: string, ids: () => string[]): string {
	const write = only(dialects, 'id');
	if (!write) return sent;
	return ids().find((id) => String(write(id)) === sent) ?? sent;
}

/** Which accounts List shows when asked for these. */
export function pageIn(dialects: readonly Dialect[], asked: Window): Window {
	return only(dialects, 'page')?.(asked) ?? asked;
}

/** The accounts in a dialect's order. */
export function orderIn<T>(dialects: readonly Dialect[], accounts: readonly T[]): readonly T[] {
	return only(dialects, 'order')?.(accounts) ?? accounts;
}

/** Whether Create makes the good accounts although there are bad ones among them. */
export function refusesEach(dialects: readonly Dialect[]): boolean {
	return only(dialects, 'refusesEach') ?? false;
}

function placed(account: AccountBody, details: Details, manner: Manner): object {
	const place = only(manner.dialects, 'place');
	if (place) return place(account, details);
	const nests =
		manner.nestBankDetails &&
		manner.asked.call === 'listAccounts' &&
		account.account_details?.vpa === undefined;
	return { ...account, account_details: nests ? { bank_account: details } : details };
}

function accountIn(own: AccountBody, manner: Manner): object {
	const { dialects, asked } = manner;
	const account = through<AccountBody>(
		own,
		dialects.map((dialect) => {
			const { account: change } = dialect;
			return change && ((value) => change(value, asked));
		}),
	);
	const written: AccountBody = {
		...account,
		id: idIn(dialects, String(own.id)),
		validation_status: statusIn(dialects, own.validation_status),
	};
	if (written.account_details === undefined) return written;
	const details = through(
		written.account_details,
		dialects.map((dialect) => dialect.details),
	);
	return placed(written, details, manner);
}

function severalIn(answer: SeveralAccounts, manner: Manner): Reply {
	const { dialects, asked } = manner;
	const empty = only(dialects, 'empty');
	if (asked.call === 'listAccounts' && answer.whole === 0 && empty) return empty;
	const entries = answer.accounts.map((entry) =>
		entry instanceof RefusedEntry ? entry.body : accountIn(entry, manner),
	);
	const totals = answer.totals
		? through(
				{ ...answer.totals, count: entries.length },
				dialects.map((dialect) => dialect.totals),
			)
		: {};
	const body =
		only(dialects, 'envelope')?.(entries, totals, answer.whole) ?? answer.wrap(entries, totals);
	return { status: 200, body };
}

function ownReply(answer: Answer, manner: Manner): Reply {
	if ('accounts' in answer) return severalIn(answer, manner);
	if ('account' in answer) return { status: 200, body: accountIn(answer.account, manner) };
	if ('body' in answer) return { status: 200, body: answer.body };
	const { dialects } = manner;
	return {
		status: 200,
		body: { status: statusIn(dialects, 'DELETED'), id: idIn(dialects, answer.deleted) },
	};
}

/** A finished answer, or a refusal, as the dialects give it. */
export function replyIn(reply: Reply, { dialects, asked }: Manner): Reply {
	return through(
		reply,
		dialects.map((dialect) => {
			const { reply: change } = dialect;
			return change && ((value) => change(value, asked));
		}),
	);
}

/** What a call answers, as the dialects give it. */
export function answerIn(answer: Answer, manner: Manner): Reply {
	return replyIn(ownReply(answer, manner), manner);
}

/** As JSON.stringify (which is faster), but a {@link Verbatim} goes out as its text. */
export function jsonText(value: unknown): string {
	if (value instanceof Verbatim) return value.text;
	if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const members = Object.entries(value).filter(([, member]) => member !== undefined);
	return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${jsonText(member)}`).join(',')}}`;
}
