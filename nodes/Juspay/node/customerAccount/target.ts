import type { INodeProperties } from 'n8n-workflow';
import { checkId, refuse } from '../../account/check';
import { maskText, namedCustomer } from '../../account/mask';
import type { Answer, Known } from '../items';
import type { Subject } from '../results';
import { readCustomerId } from '../fields';
import type { Run } from '../run';
import type { AccountRequest } from './accounts';

/** The account that an operation is about. */
export const customerAccountId: INodeProperties = {
	displayName: 'Customer Account',
	name: 'customerAccountId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The account to get, validate or delete',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an account…',
			typeOptions: { searchListMethod: 'searchCustomerAccounts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. banh_kGvx5TGUmkRVC2dH',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^\\s*[A-Za-z0-9_-]{4,}\\s*$',
						errorMessage:
							'An account ID contains only letters, digits, - and _, e.g. banh_kGvx5TGUmkRVC2dH',
					},
				},
			],
		},
	],
};

/** The one account that an item asks something about. */
export interface Target extends AccountRequest {
	customerAccountId: string;
}

/** Reads which account an item is about. */
export function readTarget(run: Run, { item, subject }: Known): Target {
	const customerId = (subject.customerId = readCustomerId(run, item));
	const given = run.read('customerAccountId', item, '', { extractValue: true });
	const customerAccountId = checkAccountId(given);
	return { item, customerId, customerAccountId, ...run.options(item) };
}

/** Whether the account of an item was chosen in the editor's list, which shows one customer's. */
function isFromList(run: Run): boolean {
	const saved = run.saved('customerAccountId');
	if (typeof saved !== 'object' || saved === null || !('value' in saved) || !('mode' in saved))
		return false;
	return saved.mode === 'list' && !String(saved.value).startsWith('=');
}

const CHOOSE_AGAIN =
	"It was selected from the list, maybe before 'Customer ID' was changed: select it again.";

/** What to add where an account isn't there: the choice may be left from another customer. */
export function staleChoice(run: Run, target: Target): string | undefined {
	if (!isFromList(run)) return undefined;
	const { customerId, customerAccountId } = target;
	return `Customer ${namedCustomer(customerId)} has no account ${maskText(customerAccountId)}. ${CHOOSE_AGAIN}`;
}

/** An answer, with advice where Juspay doesn't find an account that was chosen in the editor's list. */
export function withAdvice<V>(run: Run, answer: Answer<V>): Answer<V> {
	if (answer.ok || answer.account || answer.failure.kind !== 'missing') return answer;
	if (!isFromList(run)) return answer;
	const { failure } = answer;
	const description = `${CHOOSE_AGAIN} ${failure.description}`;
	return { ...answer, failure: { ...failure, description } };
}

/** Juspay's IDs look like `banh_…`; no more is asked of them than that they can be one. */
function checkAccountId(value: unknown): string {
	const field = 'Customer Account';
	const id = checkId(field, value);
	if (/^[\w-]{4,}$/.test(id)) return id;
	return refuse(
		field,
		'is not an account ID',
		"Enter Juspay's ID of the account, e.g. banh_kGvx5TGUmkRVC2dH, not the account number.",
	);
}

/** What a target that failed is about. An account number given in place of an ID stays out of the output. */
export function subjectOf({ customerId, customerAccountId }: Target): Subject {
	return { customerId, customerAccountId: maskText(customerAccountId) };
}

/** The same for items that ask for the same account of the same customer in the same way. */
export function sameTarget({ customerId, customerAccountId, settings }: Target): string {
	return JSON.stringify([customerId, customerAccountId, settings]);
}
