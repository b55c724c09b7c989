import type { DeduplicationHelperFunctions } from 'n8n-workflow';
import type { Account } from '../../nodes/Juspay/account/types';
import { identityOf } from '../../nodes/Juspay/account/identity';
import { JuspayClient } from '../../nodes/Juspay/http/client';
import type { Call } from '../../nodes/Juspay/wire/contract';
import { createAccounts } from '../../nodes/Juspay/once';
import type { CreateOrder, CreateResult, Session } from '../../nodes/Juspay/once';
import { Process, sessionOf } from '../../nodes/Juspay/once/session';
import { AdaptiveLimiter } from '../../nodes/Juspay/http/limiter';
import type { Answer } from '../../nodes/Juspay/http/transport';
import { accountBody, listBody } from '../../dev/simulator/bodies';
import { notFound, refusal } from '../../dev/simulator/errors';
import { read, type AskedOfAccount } from '../wire';
import { SETTINGS, upi } from './accounts';
import { JumpingClock } from './handClock';

export interface Kept {
	id: string;
	/** As the request that made it named the customer. */
	customerId: string;
	account: Account;
	status: string;
	/** When it was made, in milliseconds since the epoch. */
	at: number;
	/** When its last validation ended; empty: none has. */
	lastValidated?: string;
}

/** n8n's de-duplication helpers, as far as the node uses them. */
export type SharedHelpers = Pick<
	DeduplicationHelperFunctions,
	'checkProcessedAndRecord' | 'removeProcessed'
>;

/** n8n's table of hashes, which its processes share. */
export function hashTable(): SharedHelpers {
	const kept = new Set<unknown>();
	return {
		checkProcessedAndRecord: async (items) => {
			const processed = items.filter((item) => kept.has(item));
			for (const item of items) kept.add(item);
			return { new: items.filter((item) => !processed.includes(item)), processed };
		},
		removeProcessed: async (items) => {
			for (const item of items) kept.delete(item);
		},
	};
}

/** What tells one execution from another. */
export interface Execution {
	/** Empty: n8n names none. */
	id?: string;
	maxRetries?: number;
	signal?: AbortSignal;
}

export function answered(status: number, body?: unknown): Answer {
	return { kind: 'answered', status, headers: {}, body };
}

/** A Juspay in memory, with a clock that jumps and without a network. Keeps the truth. */
export class SmallJuspay {
	kept: Kept[] = [];

	/** In order: `create 2`, `list`, `page` (a further one), `get`, `validate`, `delete`. */
	readonly requests: string[] = [];

	readonly clock = new JumpingClock();

	/** What the executions of one n8n process share. */
	process = new Process();

	/** n8n's record that all its processes share. */
	helpers?: SharedHelpers;

	/** How many penny drops were started. */
	paid = 0;

	readonly notes: string[] = [];

	/** Why it refuses a create, and with it the whole request; undefined: it doesn't. */
	refuses: (account: Account) => string | undefined = () => undefined;

	/** What is shown of an account. */
	shows: (kept: Kept) => object = (kept) => this.wire(kept);

	/** Which of the accounts a list shows. */
	lists = (kept: readonly Kept[]): readonly Kept[] => kept;

	/** What comes in the place of an answer; `perform` lets the call take effect. */
	answers = (_call: Call, perform: () => Answer): Answer | Promise<Answer> => perform();

	/** Which requests wait and are not handed over. */
	holdsBack: (call: Call) => boolean = () => false;

	/** How long a request takes, in milliseconds. */
	requestMs = 5;

	private ids = 0;

	/** One execution of a workflow in this process. */
	session({ id = '', maxRetries = 2, signal }: Execution = {}): Session {
		const client = new JuspayClient({
			send: async (call, onSend) => {
				if (this.holdsBack(call)) return await new Promise(() => {});
				onSend?.();
				this.clock.pass(this.requestMs);
				return await this.answers(call, () => this.perform(call));
			},
			limiter: new AdaptiveLimiter(5, this.clock),
			clock: this.clock,
			maxRetries,
			context: { host: 'juspay.example', timeout: 1, secrets: [] },
			...(signal && { signal }),
		});
		const { helpers } = this;
		const note = (message: string) => this.notes.push(message);
		return sessionOf(client, this.process, {
			executionId: id,
			...(helpers && { helpers }),
			note,
		});
	}

	/** Lists show an account only once it is so old, in milliseconds. */
	lateBy(ms: number): void {
		this.lists = (kept) => kept.filter(({ at }) => this.clock.now() - at >= ms);
	}

	put(account: Account, status = 'CREATED', customerId = 'c'): Kept {
		const kept = { id: `banh_${++this.ids}`, customerId, account, status, at: this.clock.now() };
		this.kept.push(kept);
		return kept;
	}

	/** How often an account is there. */
	count(account: Account): number {
		return this.kept.filter((kept) => identityOf(kept.account) === identityOf(account)).length;
	}

	/** As Juspay documents it. */
	wire({ id, customerId, account, status, lastValidated }: Kept): object {
		return accountBody({
			id,
			customerId: `cst_${plain(customerId)}`,
			details: account,
			status,
			lastValidated: lastValidated ?? null,
		});
	}

	private perform(call: Call): Answer {
		const asked = read(call);
		if (asked.to === 'create') return this.create(asked.customerId, asked.accounts);
		if (asked.to === 'list') {
			const { offset } = asked;
			this.requests.push(offset === 0 ? 'list' : 'page');
			const own = this.kept.filter((kept) => isOf(kept, asked.customerId));
			const listed = this.lists(own).filter((kept) => isOf(kept, asked.customerId));
			const list = listed.map((kept) => this.shows(kept));
			const page = list.slice(offset);
			return answered(200, listBody(page, { total: list.length, offset, count: page.length }));
		}
		const { id, to } = asked as AskedOfAccount;
		this.requests.push(to);
		const kept = this.kept.find((one) => one.id === id && isOf(one, asked.customerId));
		if (!kept) return answered(404, notFound().body);
		if (to === 'delete') {
			this.kept = this.kept.filter((one) => one !== kept);
			return answered(200, { status: 'DELETED', id });
		}
		if (to === 'validate') {
			this.paid++;
			kept.status = 'PENDING';
		}
		return answered(200, this.shows(kept));
	}

	private create(customerId: string, accounts: Account[]): Answer {
		this.requests.push(`create ${accounts.length}`);
		for (const account of accounts) {
			const why = this.refuses(account);
			if (why !== undefined) {
				return answered(400, refusal(400, 'INVALID_INPUT', why).body);
			}
		}
		return answered(
			200,
			accounts.map((account) => this.shows(this.put(account, 'CREATED', customerId))),
		);
	}
}

/** No answer, though Juspay may have done what was asked. */
export const LOST: Answer = { kind: 'lost', code: 'ECONNRESET' };
/** No such account, or no such customer. */
export const MISSING = answered(404, { error_code: 'object_not_found' });

export const isCreate = ({ path }: Call) => path.endsWith('/accounts');
export const isValidate = ({ path }: Call) => path.endsWith('/validate');
export const isList = ({ path }: Call) => path.includes('/list');
export const isGet = (call: Call) => call.method === 'GET' && !isList(call);

/** Answers, in the place of Juspay, the calls that are meant; with undefined, Juspay does. */
export function meddle(
	juspay: SmallJuspay,
	answer: (call: Call, perform: () => Answer) => Answer | Promise<Answer> | void,
): void {
	juspay.answers = (call, perform) => answer(call, perform) ?? perform();
}

/** A customer goes by either of its IDs; `C` and `cst_c` are other names of `c`. */
const plain = (name: string) => name.toLowerCase().replace(/^cst_/, '');

function isOf({ customerId }: Kept, named: string): boolean {
	return plain(customerId) === plain(named);
}

/** Creates accounts of customer `c`, unless the order says otherwise. */
export async function createIn(
	session: Session,
	accounts: Account[],
	order: Partial<CreateOrder> = {},
): Promise<CreateResult[]> {
	return await createAccounts(session, {
		customerId: 'c',
		accounts,
		validate: false,
		onExisting: 'reuse',
		perRequest: 50,
		settings: SETTINGS,
		...order,
	});
}

/** A Juspay whose lists this process has seen to show what is new: the account of one more customer. */
export async function knownJuspay(): Promise<SmallJuspay> {
	const juspay = new SmallJuspay();
	await createIn(juspay.session(), [upi('first@upi')], { customerId: 'known' });
	if (!juspay.process.memory.showsNew('')) throw new RangeError('No list has shown the account');
	juspay.requests.length = 0;
	return juspay;
}

/** What became of each account, in a line; of a failure also whether it may have had an effect. */
export function toldWithEffect(made: CreateResult[]): string {
	return made
		.map((one) =>
			'failure' in one
				? `${one.failure.code} ${one.failure.effect}`
				: `${one.account.id} ${one.outcome}`,
		)
		.join(', ');
}
