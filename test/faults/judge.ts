import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ERROR_CODES } from '../../nodes/Juspay/http/failure';
import type { JuspayResult } from '../engine';
import type { Simulator, StoredAccount } from '../../dev/simulator/simulator';
import type { Wanted } from './workload';
import { identityOf } from './workload';

/** What is wrong, in words; each kind of fault of the node has words of its own. */
export type Problems = string[];

/** An output item and what it must be about. */
export interface Answered<T> {
	asked: T;
	json: IDataObject;
	/** Index of the output item. */
	index: number;
}

export function isFailed(json: IDataObject): boolean {
	return 'error' in json;
}

/** The `json` of the items that failed. */
export function failures(result: JuspayResult): IDataObject[] {
	return result.items().filter(isFailed);
}

/**
 * Every input answered: as many items as were asked for, in that order, each paired with its item.
 *
 * @param asked - what was asked for; `item` is the input item
 */
export function judgeOrder<T extends { item: number }>(
	result: JuspayResult,
	asked: T[],
): { problems: Problems; answered: Array<Answered<T>> } {
	const problems: Problems = [];
	const output = result.outputs[0] ?? [];
	if (result.status !== 'success') {
		problems.push(`the run ended as ${result.status}: ${result.error?.message ?? ''}`);
	}
	if (output.length !== asked.length) {
		problems.push(`unanswered: ${output.length} items for ${asked.length} asked`);
	}
	const answered = asked.flatMap((one, index) => {
		const found = output[index];
		if (found === undefined) return [];
		if (pairedItemOf(found) !== one.item) {
			problems.push(`order: item ${index} is paired with ${pairedItemOf(found)}, not ${one.item}`);
		}
		return [{ asked: one, json: found.json, index }];
	});
	return { problems, answered };
}

function pairedItemOf({ pairedItem }: INodeExecutionData): number | undefined {
	if (typeof pairedItem === 'number' || pairedItem === undefined) return pairedItem;
	return Array.isArray(pairedItem) ? pairedItem[0]?.item : pairedItem.item;
}

/** A failure must say what happened to which item and what to do, have a code to branch on, and name the customer. */
export function judgeFailure({ asked, json, index }: Answered<{ item: number }>): Problems {
	const problems: Problems = [];
	const { error, errorHint, errorCode, customerId } = json;
	const text = `${String(error)} ${String(errorHint)}`;
	if (
		typeof error !== 'string' ||
		!/^\S.{20,}[^.!]$/s.test(error) ||
		/undefined|\[object/.test(text)
	) {
		problems.push(`unclear: item ${index} fails with ${JSON.stringify(error)}`);
	}
	if (json.row !== asked.item + 1 || String(error).includes('[item')) {
		problems.push(`unclear: item ${asked.item} fails as row ${String(json.row)}: ${String(error)}`);
	}
	if (typeof errorHint !== 'string' || !/^\S.{10,}[.!]$/s.test(errorHint)) {
		problems.push(`unclear: item ${index} says to do ${JSON.stringify(errorHint)}`);
	}
	if (!ERROR_CODES.some((code) => code === errorCode)) {
		problems.push(`unclear: item ${index} has the code ${JSON.stringify(errorCode)}`);
	}
	if (typeof customerId !== 'string' || customerId === '') {
		problems.push(`unclear: item ${index} names no customer`);
	}
	return problems;
}

/** Nothing that came out may hold the key, a whole account number or a whole UPI ID. */
export function judgeSecrets(result: JuspayResult, secrets: string[]): Problems {
	const { outputs, hints, error } = result;
	const shown = JSON.stringify([outputs, hints, error, error?.message, error?.description]);
	return secrets.some((secret) => shown.includes(secret)) ? ['secret: one came out'] : [];
}

/** The accounts of a simulator, to be asked for by ID and by what identifies them. */
export class Held {
	private readonly byId: Map<string, StoredAccount>;

	private readonly identities = new Map<string, number>();

	constructor(simulator: Simulator) {
		const accounts = simulator.accounts();
		this.byId = new Map(accounts.map((account) => [account.id, account]));
		for (const account of accounts) {
			const key = `${account.customerId} ${identityOf(account)}`;
			this.identities.set(key, (this.identities.get(key) ?? 0) + 1);
		}
	}

	get(id: unknown): StoredAccount | undefined {
		return typeof id === 'string' ? this.byId.get(id) : undefined;
	}

	/** How often the customer has this account. */
	count({ customerId, account }: Wanted): number {
		return this.identities.get(`${customerId} ${identityOf(account)}`) ?? 0;
	}
}

/** What held before a run of Create. */
export interface Before {
	/** Whether the customer had this account already. */
	had(wanted: Wanted): boolean;
	/** Whether accounts of an earlier run may appear by themselves, and so exist when the run looks. */
	mayAppear?: boolean;
	/** Whether accounts are validated, the new ones and those at CREATED. */
	validates: boolean;
}

/** What the simulator counted since it was started: nothing twice, whatever the node said. */
export function judgeCounters(simulator: Simulator, concurrency: number): Problems {
	const { counters } = simulator;
	const problems: Problems = [];
	const none = (count: number, what: string) => {
		if (count > 0) problems.push(`${what} (${count})`);
	};
	none(counters.duplicatesMade, 'double: accounts made twice');
	none(counters.validationsRepeated, 'money: accounts validated twice');
	none(counters.validationsWhileUnsettled, 'money: validations paid for twice');
	const paidTwice = simulator.accounts().filter(({ validationsStarted }) => validationsStarted > 1);
	none(paidTwice.length, 'money: accounts that cost two penny drops');
	none(counters.peakCreatesPerCustomer - 1, 'at once: creates of one customer, too many by');
	none(counters.peakInFlight - concurrency, 'at once: requests, too many by');
	return problems;
}

/** For a penny drop of which nobody knows whether it was started; it is never started again. */
export const VALIDATION_IN_DOUBT = 'VALIDATION_IN_DOUBT';

/** For an account of which nobody knows whether it was created. */
export const MAY_EXIST = 'MAY_EXIST';

/**
 * No account lost: what is said to be there is there, the same account of the same customer; what is said not to be
 * there is not. None double.
 */
export function judgeCreated(
	simulator: Simulator,
	answered: Array<Answered<Wanted>>,
	before: Before,
): Problems {
	const held = new Held(simulator);
	const problems: Problems = [];
	for (const one of answered) {
		const { asked, json, index } = one;
		const count = held.count(asked);
		if (count > 1) problems.push(`double: the account of item ${index} is there ${count} times`);
		if (asked.bad && (count > 0 || !isFailed(json))) {
			problems.push(`untrue: the bad account of item ${index} was not refused`);
		}
		if (isFailed(json)) problems.push(...judgeFailure(one));
		// An account whose validation went wrong is there all the same, and its item says so.
		if (isFailed(json) && json.customerAccountId === null) {
			const says = String(json.error);
			const mayExist = says.includes('may have been created') || before.had(asked);
			if (!mayExist && count > 0) {
				problems.push(`untrue: item ${index} says nothing was created (${String(json.errorCode)})`);
			}
			continue;
		}
		const account = held.get(json.customerAccountId);
		if (account === undefined) {
			problems.push(`lost: item ${index} names an account that is not there`);
		} else if (
			account.customerId !== asked.customerId ||
			identityOf(account) !== identityOf(asked.account)
		) {
			problems.push(`mixed up: item ${index} names another account`);
		}
		const outcome = before.had(asked) ? 'existing' : 'created';
		if (json.outcome !== outcome && !(before.mayAppear && json.outcome === 'existing')) {
			problems.push(`untrue: item ${index} is ${String(json.outcome)}, not ${outcome}`);
		}
		const started = account?.validationsStarted ?? 0;
		if (!before.validates) {
			if (started > 0)
				problems.push(`money: ${started} validations for item ${index}, not asked for`);
		} else if (!isFailed(json)) {
			if (started !== 1) problems.push(`money: ${started} validations for item ${index}`);
		} else if (started > 0 && !String(json.error).includes('may have been started')) {
			problems.push(`untrue: item ${index} says that no validation was started`);
		} else if (json.validationStatus === null) {
			problems.push(`unclear: item ${index} doesn't say how its account stands`);
		}
	}
	return problems;
}
