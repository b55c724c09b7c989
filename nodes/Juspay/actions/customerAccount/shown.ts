import type { IDataObject } from 'n8n-workflow';
import type { CustomerAccount } from '../../accounts/account';
import { simplified } from '../../accounts/output';
import type { Outcome } from '../../accounts/output';
import type { ItemResult } from '../results';
import type { Run } from '../run';

/** An account as the result of an item, simplified or as Juspay sent it. */
export function accountResult(
	run: Run,
	item: number,
	account: CustomerAccount,
	outcome?: Outcome,
): ItemResult {
	const simple = run.read('simplify', item, true) !== false;
	const json = (simple ? simplified(account, outcome) : account.raw) as IDataObject;
	return { item, json, status: account.status };
}
