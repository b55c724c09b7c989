import type { Account } from '../../nodes/Juspay/account/types';
import { identityOf } from '../../nodes/Juspay/account/identity';
import { JuspayClient } from '../../nodes/Juspay/http/client';
import type { Call } from '../../nodes/Juspay/wire/contract';
import { ProcessState } from '../../nodes/Juspay/once/processState';
import { AdaptiveLimiter } from '../../nodes/Juspay/http/limiter';
import type { Answer } from '../../nodes/Juspay/http/transport';
import { read, type AskedOfAccount } from '../wire';
import { JumpingClock } from './handClock';

export interface Kept {
	id: string;
	account: Account;
	status: string;
}

export function answered(status: number, body?: unknown): Answer {
	return { kind: 'answered', status, headers: {}, body };
}

/** A Juspay with one customer, in memory, without time and without a network. Keeps the truth. */
export class SmallJuspay {
	kept: Kept[] = [];

	/** In order: `create 2`, `list`, `page` (a further one), `get`, `validate`, `delete`. */
	readonly requests: string[] = [];

	readonly clock = new JumpingClock();

	readonly state = new ProcessState();

	readonly notes: string[] = [];

	/** Why it refuses a create, and with it the whole request; undefined: it doesn't. */
	refuses: (account: Account) => string | undefined = () => undefined;

	/** What is shown of an account. */
	shows: (kept: Kept) => object = (kept) => this.wire(kept);

	/** Which of the accounts a list shows. */
	lists = (kept: readonly Kept[]): readonly Kept[] => kept;

	/** What comes in the place of an answer; `perform` lets the call take effect. */
	answers = (_call: Call, perform: () => Answer): Answer => perform();

	private ids = 0;

	/** A client of this process; another execution is another client. */
	client(maxRetries = 2): JuspayClient {
		return new JuspayClient({
			send: async (call) => this.answers(call, () => this.perform(call)),
			limiter: new AdaptiveLimiter(5, this.clock),
			clock: this.clock,
			maxRetries,
			context: { host: 'juspay.example', timeout: 1, secrets: [] },
			state: this.state,
			note: (message) => this.notes.push(message),
		});
	}

	put(account: Account, status = 'CREATED'): Kept {
		const kept = { id: `banh_${++this.ids}`, account, status };
		this.kept.push(kept);
		return kept;
	}

	/** How often an account is there. */
	count(account: Account): number {
		return this.kept.filter((kept) => identityOf(kept.account) === identityOf(account)).length;
	}

	wire({ id, account, status }: Kept): object {
		return {
			id,
			validation_status: status,
			account_details:
				account.type === 'upi'
					? { vpa: account.vpa }
					: {
							account_number: account.accountNumber,
							ifsc: account.ifsc,
							beneficiary_name: account.beneficiaryName ?? '',
						},
		};
	}

	private perform(call: Call): Answer {
		const asked = read(call);
		if (asked.to === 'create') return this.create(asked.accounts);
		if (asked.to === 'list') {
			const { offset } = asked;
			this.requests.push(offset === 0 ? 'list' : 'page');
			const list = this.lists(this.kept).map((kept) => this.shows(kept));
			return answered(200, { list: list.slice(offset), total: list.length });
		}
		const { id, to } = asked as AskedOfAccount;
		this.requests.push(to);
		const kept = this.kept.find((one) => one.id === id);
		if (!kept) return answered(404, { error_code: 'object_not_found' });
		if (to === 'delete') {
			this.kept = this.kept.filter((one) => one !== kept);
			return answered(200, { status: 'DELETED', id });
		}
		if (to === 'validate') kept.status = 'PENDING';
		return answered(200, this.shows(kept));
	}

	private create(accounts: Account[]): Answer {
		this.requests.push(`create ${accounts.length}`);
		for (const account of accounts) {
			const why = this.refuses(account);
			if (why !== undefined) {
				return answered(400, { error_info: { code: 'INVALID_INPUT', developer_message: why } });
			}
		}
		return answered(
			200,
			accounts.map((account) => this.shows(this.put(account))),
		);
	}
}
