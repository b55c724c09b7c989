import type { INode, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { isAccountNumber } from '../account/check';
import { maskText } from '../account/mask';
import { asPlainText } from '../account/text';
import { apiError } from '../http/failure';
import type { Failure } from '../http/failure';
import { LATER, LOWER_CONCURRENCY, noAnswerWithin, noCustomer } from '../http/messages';
import { groupBy } from '../lists';
import type { Learnt, Look } from './memory';

/** Maximum number of customers that a message names. */
const MOST_NAMED = 20;

/**
 * Tells what keeps the trigger from seeing changes: n8n makes each of these a failed execution, and starts the error
 * workflow. An error that is thrown would be lost at activation, where n8n tries again, and with it the others' changes.
 */
export function tell(functions: IPollFunctions, learnt: Learnt, looks: readonly Look[]): void {
	const node = functions.getNode();
	const { unknown, unreadable, readable } = learnt;
	const failures = looks.flatMap(({ failure }) => failure ?? []);
	if (failures.length > 0) {
		functions.logger.warn(
			`Juspay Trigger: ${failures.length} of ${looks.length} customers could not be read and are read again with the next poll. ${failures[0]?.message}`,
		);
	}
	// Not by message: Juspay's words may name each customer, and each report starts the error workflow.
	for (const same of groupBy(unreadable, ({ failure }) => failure?.code ?? '')) {
		const [{ failure } = {}] = same;
		if (failure) functions.__emitError(cannotRead(node, failure, same, looks.length, ONCE));
	}
	if (unknown.length > 0) functions.__emitError(noSuchCustomers(node, unknown, looks.length, ONCE));
	if (readable.length > 0) functions.__emitError(readAgain(node, readable, looks.length));
}

/** Tells what lists showed beside changes, such as second penny drops: in one error, since each starts the error workflow. */
export function tellNotes(functions: IPollFunctions, notes: readonly string[]): void {
	for (const note of notes) functions.logger.warn(`Juspay Trigger: ${note}`);
	const [message, ...others] = notes;
	// Fetch Test Event has nowhere else to tell it.
	if (message === undefined || functions.getMode() === 'manual') return;
	const told = others.slice(0, MOST_NAMED).map((note) => `${note}. `);
	const more = others.length - told.length;
	const description = `${told.join('')}${more > 0 ? `${more} more.` : ''}`.trim();
	functions.__emitError(new NodeOperationError(functions.getNode(), message, { description }));
}

/** Ends what an active workflow tells: what is thrown at activation or in the editor comes back with each try. */
export const ONCE = 'This is reported once.';

/** Where no customer can be read. */
export function outageIn(node: INode, looks: readonly Look[]): Error | undefined {
	const failure = looks.find((look) => look.failure)?.failure;
	if (!failure || looks.some(({ accounts }) => accounts)) return undefined;
	return cannotRead(node, failure, looks, looks.length);
}

/** Where customers can't be read. It says why, so that n8n waits before it polls again. */
export function cannotRead(
	node: INode,
	failure: Failure,
	looks: readonly Look[],
	watched: number,
	end = '',
): Error {
	const all = looks.length === watched;
	// Nobody runs a trigger, and it has no such option.
	const description = failure.description
		.replace(LOWER_CONCURRENCY, 'Poll less often')
		.replace(LATER, 'The next poll tries again');
	return apiError(node, failure, {
		...(!all && {
			message: `${looks.length} of ${watched} customers can't be read: ${failure.message}`,
		}),
		description: `${description} ${namesOf(looks)}. ${end}`.trim(),
	});
}

/** Where customers can be read again, after it was told that they can't. */
export function readAgain(node: INode, looks: readonly Look[], watched: number): Error {
	const which = watched === 1 ? 'The customer' : `${looks.length} of ${watched} customers`;
	return new NodeOperationError(node, `${which} can be read again`, {
		description: `${namesOf(looks)}. Changes in the meantime are reported now.`,
	});
}

/** Where Juspay doesn't know customers. */
export function noSuchCustomers(
	node: INode,
	looks: readonly Look[],
	watched: number,
	end = '',
): Error {
	const [{ customerId } = { customerId: '' }] = looks;
	const isOne = looks.length === 1;
	const message = isOne
		? noCustomer(nameOf(customerId))
		: `Juspay doesn't know ${looks.length} of ${watched} customers`;
	const check = isOne
		? "Check the ID in 'Customer IDs', and that it belongs"
		: "Check the IDs in 'Customer IDs', and that they belong";
	const watch = isOne
		? 'It is watched as soon as it exists.'
		: `${namesOf(looks)}. They are watched as soon as they exist.`;
	return new NodeOperationError(node, message, {
		description: `${check} to the environment of the Juspay credential. ${watch} ${end}`.trim(),
	});
}

/** Where no account has a chosen status. */
export function noTestEvent(node: INode): Error {
	return new NodeOperationError(node, "No account has a status selected in 'Trigger On' yet", {
		description:
			"Add a status to 'Trigger On', or try again once an account has one of these statuses. The workflow can be activated without a test event.",
	});
}

/** Where Juspay had time to answer, but the poll had to end. */
export function tooSlow(stopped: Failure, timeout: number): Failure {
	return {
		...stopped,
		kind: 'timedOut',
		code: 'TIMEOUT',
		message: noAnswerWithin(timeout, 'list accounts'),
		description: 'Check that Juspay is available, and the network between n8n and Juspay.',
	};
}

/** `Customer: a`, or `Customers: a, b`. */
function namesOf(looks: readonly Look[]): string {
	const more = looks.length - MOST_NAMED;
	const names = looks.slice(0, MOST_NAMED).map(({ customerId }) => nameOf(customerId));
	const label = looks.length === 1 ? 'Customer' : 'Customers';
	return `${label}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Something else may stand where an ID belongs. */
function nameOf(customerId: string): string {
	const isAccount = isAccountNumber(customerId) || customerId.includes('@');
	return asPlainText(isAccount ? maskText(customerId) : customerId);
}
