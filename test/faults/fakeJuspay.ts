import type { Account } from '../../nodes/Juspay/accounts/account';
import { identityOf } from '../../nodes/Juspay/accounts/identity';
import { JuspayClient } from '../../nodes/Juspay/api/client';
import type { Call } from '../../nodes/Juspay/api/contract';
import type { Clock } from '../../nodes/Juspay/api/pace';
import { Pace } from '../../nodes/Juspay/api/pace';
import type { Answer } from '../../nodes/Juspay/api/transport';

/** What becomes of one request. `Late`: the caller sees it fail, and the effect comes a little later. */
export const EVENTS = [
	'well',
	'unreachable',
	'lostBefore',
	'lostAfter',
	'lostLate',
	'timeoutBefore',
	'timeoutAfter',
	'timeoutLate',
	'500 before',
	'500 after',
	'502 after',
	'429',
	'409',
	'400',
	'404',
	'html',
	'empty',
	'half',
	'none',
	'reordered',
] as const;

export type Event = (typeof EVENTS)[number];

/** How Juspay shows accounts: as documented, or in a way that the contract doesn't know. */
export const SHOWS = [
	'plain',
	'nested',
	'masked',
	'otherKeys',
	'withoutIds',
	'withoutTotal',
] as const;

export type Shows = (typeof SHOWS)[number];

interface Kept {
	id: string;
	account: Account;
	validations: number;
	status: string;
}

/** How the fake behaves; everything but the events stays the same over a run. */
export interface Behaviour {
	/** One for each request, in order; afterwards all goes well. */
	events: readonly Event[];
	/** Identities that it refuses, and with them the whole request. */
	refuses: ReadonlySet<string>;
	pageSize: number;
	shows: Shows;
}

/** How long after a request that seemed to fail its effect may still come, in milliseconds. */
const LATE_MS = 1500;

/** More requests than any run needs: whoever gets here would go on for ever. */
const MOST_REQUESTS = 5000;

/** A Juspay with one customer, in memory, without time and without a network. Keeps the truth. */
export class FakeJuspay {
	readonly kept: Kept[] = [];

	requests = 0;

	private time = 0;

	private late: Array<{ at: number; effect: () => void }> = [];

	private events: Event[];

	constructor(private readonly behaviour: Behaviour) {
		this.events = [...behaviour.events];
	}

	/** A client whose clock jumps instead of waiting. */
	client(maxRetries = 3): JuspayClient {
		const clock: Clock = {
			now: () => this.time,
			pause: async (ms) => this.moveOn(this.time + ms),
		};
		return new JuspayClient({
			send: async (call) => this.answer(call),
			pace: new Pace(5, clock),
			clock,
			maxRetries,
			around: { host: 'juspay.example', timeout: 1, secrets: [] },
		});
	}

	/** From now on all goes well, and what was late has come. */
	calm(): void {
		this.events = [];
		this.moveOn(this.time + LATE_MS);
	}

	put(account: Account): Kept {
		const kept = { id: `banh_${this.kept.length}`, account, validations: 0, status: 'CREATED' };
		this.kept.push(kept);
		return kept;
	}

	/** How often an account is there. */
	count(account: Account): number {
		return this.kept.filter((kept) => identityOf(kept.account) === identityOf(account)).length;
	}

	private moveOn(time: number): void {
		this.time = Math.max(this.time, time);
		const due = this.late.filter(({ at }) => at <= this.time);
		this.late = this.late.filter(({ at }) => at > this.time);
		for (const { effect } of due) effect();
	}

	private answer(call: Call): Answer {
		if (++this.requests > MOST_REQUESTS) throw new RangeError('It never ends');
		const event = this.events.shift() ?? 'well';
		const perform = () => this.perform(call);
		const laterOn = () => this.late.push({ at: this.time + LATE_MS, effect: perform });
		switch (event) {
			case 'unreachable':
				return { kind: 'unreachable', code: 'ECONNREFUSED' };
			case 'lostLate':
				laterOn();
				return { kind: 'lost', code: 'ECONNRESET' };
			case 'lostAfter':
				perform();
				return { kind: 'lost', code: 'ECONNRESET' };
			case 'lostBefore':
				return { kind: 'lost', code: 'ECONNRESET' };
			case 'timeoutLate':
				laterOn();
				return { kind: 'timeout', code: 'ECONNABORTED' };
			case 'timeoutAfter':
				perform();
				return { kind: 'timeout', code: 'ECONNABORTED' };
			case 'timeoutBefore':
				return { kind: 'timeout', code: 'ECONNABORTED' };
			case '500 after':
			case '502 after':
				perform();
				return answered(Number(event.slice(0, 3)), {});
			case '500 before':
				return answered(500, {});
			case '429':
				return answered(429, {});
			case '409':
				return answered(409, { error_info: { code: 'DUPLICATE_REQUEST' } });
			case '400':
				return answered(400, { error_info: { code: 'GATEWAY_NOT_FOUND' } });
			case '404':
				return answered(404, { error_code: 'object_not_found' });
			default:
				return spoiled(perform(), event);
		}
	}

	private perform({ path, form = {} }: Call): Answer {
		const list = /\/customer-accounts\/list(?:\?offset=(\d+))?$/.exec(path);
		if (list) return this.list(Number(list[1] ?? 0));
		if (path.endsWith('/accounts')) return this.create(form);
		const [, id, action] = /\/customer-accounts\/([^/]+)(\/validate)?$/.exec(path) ?? [];
		const kept = this.kept.find((one) => one.id === id);
		if (!kept) return answered(404, { error_code: 'object_not_found' });
		if (action) {
			kept.validations++;
			kept.status = 'PENDING';
		}
		return answered(200, this.shown(kept));
	}

	private list(offset: number): Answer {
		const { pageSize } = this.behaviour;
		return answered(200, {
			list: this.kept.slice(offset, offset + pageSize).map((kept) => this.shown(kept)),
			...(this.behaviour.shows !== 'withoutTotal' && { total: this.kept.length }),
		});
	}

	private create({ account_details = '[]', command }: Record<string, string>): Answer {
		const accounts = (JSON.parse(account_details) as Wired[]).map(unwired);
		if (accounts.some((account) => this.behaviour.refuses.has(identityOf(account)))) {
			return answered(400, { error_info: { code: 'INVALID_ACCOUNT_DETAILS' } });
		}
		const made = accounts.map((account) => this.put(account));
		for (const kept of command === 'validate' ? made : []) {
			kept.validations++;
			kept.status = 'PENDING';
		}
		return answered(
			200,
			made.map((kept) => this.shown(kept)),
		);
	}

	private shown({ id, account, status }: Kept): object {
		const { shows } = this.behaviour;
		const details =
			account.type === 'upi'
				? { vpa: shows === 'masked' ? '**@upi' : account.vpa }
				: {
						account_number: shows === 'masked' ? 'XXXX1234' : account.accountNumber,
						ifsc: account.ifsc,
					};
		const wrapped =
			shows === 'nested' ? { [account.type === 'upi' ? 'upi' : 'bank_account']: details } : details;
		return {
			[shows === 'withoutIds' ? 'account_id' : 'id']: id,
			validation_status: status,
			[shows === 'otherKeys' ? 'details' : 'account_details']: wrapped,
		};
	}
}

interface Wired {
	bank_account?: { account_number: string; ifsc: string };
	upi?: { vpa: string };
}

function unwired({ bank_account: bank, upi }: Wired): Account {
	return bank
		? { type: 'bankAccount', accountNumber: bank.account_number, ifsc: bank.ifsc }
		: { type: 'upi', vpa: upi?.vpa ?? '' };
}

function answered(status: number, body: unknown): Answer & { kind: 'answered' } {
	return { kind: 'answered', status, headers: {}, body };
}

/** An answer to what was carried out, as it arrives. */
function spoiled(answer: Answer, event: Event): Answer {
	if (answer.kind !== 'answered' || event === 'well') return answer;
	if (event === 'html') return answered(502, undefined);
	if (event === 'empty') return answered(200, undefined);
	const change = (list: unknown[]) => {
		if (event === 'none') return [];
		return event === 'half' ? list.slice(0, Math.floor(list.length / 2)) : [...list].reverse();
	};
	const { body, status } = answer;
	if (Array.isArray(body)) return answered(status, change(body));
	const { list } = body as { list?: unknown[] };
	return list ? answered(status, { ...(body as object), list: change(list) }) : answer;
}
