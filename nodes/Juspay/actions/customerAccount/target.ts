import { checkId } from '../../accounts/check';
import type { Checked } from '../../accounts/check';
import type { RequestSettings } from '../../api/contract';
import { badInput, unreadable } from '../results';
import type { FailedResult } from '../results';
import type { Run } from '../run';
import { requestSettings } from '../settings';

/** The one account that an item asks something about. */
export interface Target {
	item: number;
	customerId: string;
	customerAccountId: string;
	settings: RequestSettings;
	/** The same for items that ask the same. */
	key: string;
}

/** Tells a target from an item whose input is wrong. */
export function isTarget(target: Target | FailedResult): target is Target {
	return 'key' in target;
}

/** Reads and checks which account each item is about, before anything is sent. */
export function readTargets(run: Run): Array<Target | FailedResult> {
	return [...run.items.keys()].map((item) => {
		try {
			return readTarget(run, item);
		} catch (thrown) {
			return unreadable(item, thrown);
		}
	});
}

function readTarget(run: Run, item: number): Target | FailedResult {
	const customer = checkId('Customer ID', run.read('customerId', item));
	if ('problem' in customer) return badInput(item, customer.problem);
	const customerId = customer.value;
	const account = checkAccountId(run.read('customerAccountId', item, '', { extractValue: true }));
	if ('problem' in account) return badInput(item, account.problem, { customerId });
	const settings = requestSettings(run.options(item));
	if ('problem' in settings) return badInput(item, settings.problem, { customerId });
	const key = JSON.stringify([customerId, account.value, settings.value]);
	return { item, customerId, customerAccountId: account.value, settings: settings.value, key };
}

/** Juspay's IDs look like `banh_…`; no more is asked of them than that they can be one. */
function checkAccountId(value: unknown): Checked<string> {
	const field = 'Customer Account';
	const id = checkId(field, value);
	if ('problem' in id || /^[\w-]{4,}$/.test(id.value)) return id;
	return {
		problem: {
			field,
			wrong: 'is no account ID',
			fix: "Give Juspay's ID of the account, e.g. banh_kGvx5TGUmkRVC2dH, not the account number.",
		},
	};
}
