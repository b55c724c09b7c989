import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { BadInput, orBadInput, refuse } from '../account/check';
import { boolean, ids, orElse, severalOf } from '../account/kinds';
import { simplified } from '../account/output';
import { EVENTS } from '../account/status';
import { hostOf, readCredential } from '../http/credential';
import { forEachConcurrently } from '../lists';
import type { Session } from '../once';
import { getCustomer, listAccounts, openSession } from '../once';
import type { Change, Look, Memory } from './memory';
import { hasBaseline, isBeingReplaced, keep, learn, newMemory, own, recall } from './memory';
import {
	cannotRead,
	noSuchCustomers,
	noTestEvent,
	outageIn,
	tell,
	tellNotes,
	tooSlow,
} from './messages';

/** Maximum number of customers that are read at once, and of retries: few, since polls repeat. */
const CONCURRENCY = 20;
const MAX_RETRIES = 2;

/** No customer is begun after so many milliseconds: n8n gives a poll 45 seconds, and the next poll goes on there. */
const BEGIN_MS = 35_000;

/** A poll that is under way for so long hangs, and no longer keeps others from polling. */
const HANGS_MS = 300_000;

/** Maximum number of accounts that Fetch Test Event shows. */
const TEST_EVENTS = 10;

/** What n8n gives as a poll's budget where it sets none. */
const NO_BUDGET_MS = 300_000;

/** The contexts that n8n has polled with before. */
const polled = new WeakSet<IPollFunctions>();

/** When the poll began that is under way, by trigger. */
const underWay = new Map<string, number>();

/**
 * Looks at all watched customers once and reports which accounts have reached one of the chosen statuses since the
 * last poll.
 *
 * @returns null where there is nothing to report
 * @throws NodeOperationError for a parameter that can't be used, and where there is no test event; NodeApiError where
 * no customer can be read, and none ever could
 */
export async function pollChanges(
	functions: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const parameters = readParameters(functions);
	if (functions.getMode() === 'manual') return await showExamples(functions, parameters);
	const owner = await ownerOf(functions);
	const begun = underWay.get(owner);
	if (begun !== undefined && Date.now() - begun < HANGS_MS) return null;
	underWay.set(owner, Date.now());
	try {
		return await report(functions, parameters, owner);
	} finally {
		underWay.delete(owner);
	}
}

/** What the user set in the trigger. */
interface Parameters {
	/** The watched customers in the user's order, each once. */
	customers: string[];
	/** The chosen statuses. */
	statuses: string[];
	/** Whether accounts that already have one of these statuses are reported by the first poll. */
	emitExisting: boolean;
	simplify: boolean;
}

/**
 * Reads and checks the trigger's parameters.
 *
 * @throws NodeOperationError for a value that is not understood
 */
export function readParameters(functions: IPollFunctions): Parameters {
	const parameters = orBadInput(() => parametersOf(functions));
	if (!(parameters instanceof BadInput)) return parameters;
	const { message, fix } = parameters;
	throw new NodeOperationError(functions.getNode(), message, { description: fix });
}

function parametersOf(functions: IPollFunctions): Parameters {
	const given = (name: string): unknown => functions.getNodeParameter(name, undefined);
	const options = given('options') as { emitExisting?: unknown } | undefined;
	const events = severalOf(EVENTS)('Trigger On', given('events'));
	if (events.length === 0) refuse('Trigger On', 'is empty', 'Choose at least one event.');
	return {
		customers: customersIn(given('customerIds')),
		statuses: EVENTS.filter(({ value }) => events.includes(value)).map(({ status }) => status),
		emitExisting: orElse(boolean, false)('Emit Existing', options?.emitExisting),
		simplify: orElse(boolean, true)('Simplify', given('simplify')),
	};
}

function customersIn(given: unknown): string[] {
	const customers = orBadInput(() => orElse(ids, [])('Customer ID', given));
	if (customers instanceof BadInput) {
		const { field, wrong, fix } = customers;
		throw new BadInput(field, wrong, fix, `One of the 'Customer IDs' ${wrong}`);
	}
	if (customers.length > 0) return customers;
	return refuse(
		'Customer IDs',
		'is empty',
		'Enter the customers to watch, one per line, or use an expression that returns an array.',
	);
}

/** Whose memory it is. A copied workflow, another trigger of the same name or another host has a past of its own. */
async function ownerOf(functions: IPollFunctions): Promise<string> {
	const host = hostOf(readCredential(await functions.getCredentials('juspayApi')));
	return JSON.stringify([functions.getWorkflow().id, functions.getNode().id, host]);
}

/** For Fetch Test Event, which n8n shows in the editor: accounts that already have a chosen status. */
async function showExamples(
	functions: IPollFunctions,
	{ customers, statuses, simplify }: Parameters,
): Promise<INodeExecutionData[][]> {
	const node = functions.getNode();
	const nothing = newMemory('');
	const { looks } = await lookAt(functions, customers, nothing);
	const { changes, unknown } = learn(nothing, looks, statuses, true);
	if (changes.length > 0) return [itemsOf(changes.slice(0, TEST_EVENTS), simplify)];
	const unread = looks.filter(({ failure }) => failure);
	if (unread[0]?.failure) throw cannotRead(node, unread[0].failure, unread, customers.length);
	throw unknown.length > 0 ? noSuchCustomers(node, unknown, customers.length) : noTestEvent(node);
}

/** For an active workflow: what is new since the last poll. */
async function report(
	functions: IPollFunctions,
	{ customers, statuses, emitExisting, simplify }: Parameters,
	owner: string,
): Promise<INodeExecutionData[][] | null> {
	const isPublished = isPublishing(functions);
	const saved: IDataObject = functions.getWorkflowStaticData('node');
	const before = recall(saved, owner);
	if (isBeingReplaced(before)) return null;
	const { looks, next } = await lookAt(functions, customers, before);
	const outage = outageIn(functions.getNode(), looks);
	// Nothing is kept, so that no try to activate the workflow passes for one that went well.
	if (outage && !hasBaseline(before, looks)) throw outage;
	const learnt = learn(before, looks, statuses, emitExisting);
	tell(functions, learnt, looks);
	keep(saved, { ...learnt.memory, next }, learnt.changes.length > 0);
	if (outage && learnt.unreadable.length > 0 && isPublished) throw outage;
	return learnt.changes.length > 0 ? [itemsOf(learnt.changes, simplify)] : null;
}

/**
 * Lists the accounts of all customers, as far as there is time, beginning where the last poll had none left.
 *
 * @returns what was seen, in the user's order, and the customer that the next poll begins with
 */
async function lookAt(
	functions: IPollFunctions,
	customers: readonly string[],
	before: Memory,
): Promise<{ looks: Look[]; next?: string }> {
	const beginMs = Math.min(BEGIN_MS, budgetOf(functions));
	const timeout = Math.ceil((beginMs * 6) / 7000);
	const notes: string[] = [];
	const session = await openSession(
		functions,
		{ concurrency: CONCURRENCY, timeout, maxRetries: MAX_RETRIES },
		AbortSignal.timeout(beginMs * 1.2),
		(message) => void notes.push(message),
	);
	const { clock } = session.client;
	const until = clock.now() + beginMs;
	const goOn = () => (clock.now() < until ? 'continue' : 'stop');
	const looks = customers.map((customerId): Look => ({ customerId }));
	const start = Math.max(0, customers.indexOf(before.next ?? ''));
	const turns = [...looks.slice(start), ...looks.slice(0, start)];
	await forEachConcurrently(turns, CONCURRENCY, async (look) => {
		Object.assign(look, await accountsOf(session, look.customerId, timeout));
		return goOn();
	});
	// Looked up last: whether a customer exists matters less than what the others' accounts have come to.
	const empty = looks.filter(
		({ customerId, accounts }) =>
			accounts?.length === 0 && own(before.customers, customerId)?.exists === undefined,
	);
	await forEachConcurrently(empty, CONCURRENCY, async (look) => {
		look.exists = await isCustomer(session, look.customerId);
		return goOn();
	});
	tellNotes(functions, notes);
	return { looks, next: turns.find((look) => !look.accounts && !look.failure)?.customerId };
}

/** How long the poll may take. Older versions of n8n don't say. */
function budgetOf(functions: IPollFunctions): number {
	const { getPollBudgetMs }: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>> = functions;
	return getPollBudgetMs?.call(functions) ?? NO_BUDGET_MS;
}

/** A customer's accounts, or why they can't be read; neither where the poll had to end before Juspay had its time. */
async function accountsOf(
	session: Session,
	customerId: string,
	timeout: number,
): Promise<Pick<Look, 'accounts' | 'failure'>> {
	const { clock } = session.client;
	const begun = clock.now();
	const listed = await listAccounts(session, customerId, '');
	// Where Juspay answers 404, the customer has no accounts yet, or doesn't exist.
	if (listed.ok) return { accounts: listed.value.accounts };
	if (listed.failure.kind !== 'stopped') return { failure: listed.failure };
	const hadItsTime = clock.now() - begun >= timeout * 1000;
	return hadItsTime ? { failure: tooSlow(listed.failure, timeout) } : {};
}

/** Whether Juspay knows a customer; undefined where it doesn't say. */
async function isCustomer(session: Session, customerId: string): Promise<boolean | undefined> {
	const got = await getCustomer(session, customerId, '');
	if (got.ok) return true;
	return got.failure.kind === 'missing' ? false : undefined;
}

/**
 * Whether this is the poll with which n8n publishes a workflow: it shows the person who does so what is thrown. All
 * polls of a published workflow share one context; n8n's own scheduler makes a new one for each, and sets a budget.
 */
function isPublishing(functions: IPollFunctions): boolean {
	const isFirst = !polled.has(functions);
	polled.add(functions);
	const isByPerson = ['create', 'activate', 'update'].includes(functions.getActivationMode());
	return isFirst && isByPerson && budgetOf(functions) >= NO_BUDGET_MS;
}

/** Changes as the trigger gives them out, simplified or Juspay's own objects. */
function itemsOf(changes: readonly Change[], simplify: boolean): INodeExecutionData[] {
	return changes.map(({ account, customerId, previousStatus }) => ({
		json: simplify
			? simplified(account, { customerId, previousStatus: previousStatus ?? '' })
			: (account.raw as IDataObject),
	}));
}
