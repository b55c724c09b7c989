import { checkId } from '../../account/check';
import type { Checked } from '../../account/check';
import { checkAll } from '../../account/checkAll';
import { maskText } from '../../account/mask';
import type { AccountOrder } from '../../once';
import type { Refusal, Request } from '../items';
import type { Subject } from '../results';
import type { Run } from '../run';
import { openSettings } from '../settings';
import type { Settings } from '../settings';

/** The one account that an item asks something about. */
export interface Target extends Request, AccountOrder {
	options: Settings;
}

/** Opens a reader of which account an item is about. */
export function targetReader(run: Run): (item: number) => Target | Refusal {
	const settingsOf = openSettings(run);
	return (item) => {
		const customer = checkId('Customer ID', run.read('customerId', item));
		if ('problem' in customer) return customer;
		const customerId = customer.value;
		const checked = checkAll({
			customerAccountId: checkAccountId(
				run.read('customerAccountId', item, '', { extractValue: true }),
			),
			options: settingsOf(item),
		});
		if ('problem' in checked) return { ...checked, subject: { customerId } };
		const { customerAccountId, options } = checked.value;
		return { item, customerId, customerAccountId, options, settings: options.request };
	};
}

/** Juspay's IDs look like `banh_…`; no more is asked of them than that they can be one. */
function checkAccountId(value: unknown): Checked<string> {
	const field = 'Customer Account';
	const id = checkId(field, value);
	if ('problem' in id || /^[\w-]{4,}$/.test(id.value)) return id;
	return {
		problem: {
			field,
			wrong: 'is not an account ID',
			fix: "Enter Juspay's ID of the account, e.g. banh_kGvx5TGUmkRVC2dH, not the account number.",
		},
	};
}

/** What a target that failed is about. An account number given in place of an ID stays out of the output. */
export function subjectOf({ customerId, customerAccountId }: Target): Subject {
	return { customerId, customerAccountId: maskText(customerAccountId) };
}

/** The same for items that ask for the same account of the same customer in the same way. */
export function sameTarget({ customerId, customerAccountId, settings }: Target): string {
	return JSON.stringify([customerId, customerAccountId, settings]);
}
