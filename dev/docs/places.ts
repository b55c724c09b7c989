import type { INode, IPollFunctions } from 'n8n-workflow';
import { executeOperation } from '../../nodes/Juspay/node';
import { throwFirst, unforeseen } from '../../nodes/Juspay/node/results';
import type { ItemResult } from '../../nodes/Juspay/node/results';
import { otherNames, otherZeros } from '../../nodes/Juspay/node/customerAccount/createHints';
import { staleChoice } from '../../nodes/Juspay/node/customerAccount/target';
import { noteEarlierTries } from '../../nodes/Juspay/node/earlierTries';
import { summaryOf } from '../../nodes/Juspay/node/summary';
import { readCredential } from '../../nodes/Juspay/http/credential';
import { credentialTest } from '../../nodes/Juspay/http/credentialTest';
import type { Call } from '../../nodes/Juspay/wire/contract';
import { listAccounts } from '../../nodes/Juspay/wire/contract';
import { failureOf } from '../../nodes/Juspay/http/messages';
import { searchCustomerAccounts } from '../../nodes/Juspay/node/methods';

import {
	cannotRead,
	noSuchCustomers,
	noTestEvent,
	ONCE,
	readAgain,
	tooSlow,
} from '../../nodes/Juspay/trigger/messages';
import { readParameters } from '../../nodes/Juspay/trigger/poll';
import { answered, CONTEXT, LOST } from './juspay';
import { functionsFor, hintsOf, thrownBy } from './nodeRun';
import { accountNotes } from './outcomes';
import { distinct, row, SAMPLES } from './rows';
import type { Row } from './rows';

/** A sentence, and what to do in those after it. */
function inTwo(text: string, code = ''): Row {
	const [first = ''] = /^.*?\.(?= [A-Z]|$)/.exec(text) ?? [];
	return row(first.replace(/\.$/, ''), code, text.slice(first.length).trim());
}

/** What the credential's Test button says, from its rules. */
export function testButtonRows(): Row[] {
	const rules = credentialTest.rules ?? [];
	return distinct(rules.map(({ properties: { message } }) => inTwo(message)));
}

/** What is wrong with a credential before anything is sent. */
export function credentialRows(): Row[] {
	const custom = (baseUrl: string) => ({ environment: 'custom', apiKey: 'key', baseUrl });
	const credentials = [
		{ environment: 'x' },
		{ apiKey: {} },
		{},
		{ apiKey: 'two keys' },
		{ apiKey: 'key', merchantId: 'é' },
		{ apiKey: 'key', merchantId: true },
		{ apiKey: 'key', environment: 'prod' },
		custom('juspay'),
		custom('ftp://juspay.example.com'),
		custom('http://api.juspay.in'),
		custom('https://user:password@juspay.example.com'),
		custom('https://juspay.example.com?a=b'),
	];
	const faults = credentials.map((data) => readCredential(data).fault ?? '');
	return distinct(faults.map((fault) => inTwo(fault, 'BAD_CREDENTIAL')));
}

const NODE = { name: 'Juspay', type: 'n8n-nodes-juspay.juspay', parameters: {} } as INode;
const call: Call = listAccounts(SAMPLES.customer, '', 0);
const lost = failureOf(LOST, call, CONTEXT);
const throttled = failureOf(answered(429), call, CONTEXT);

/** What the trigger says. */
export async function triggerRows(): Promise<Row[]> {
	const given = (parameters: Record<string, unknown>) => () =>
		readParameters({
			getNode: () => NODE,
			getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		} as unknown as IPollFunctions);
	const events = ['failure'];
	const look = { customerId: SAMPLES.customer };
	const told = [
		noTestEvent(NODE),
		cannotRead(NODE, lost, [look], 1),
		cannotRead(NODE, lost, [look], 20, ONCE),
		readAgain(NODE, [look], 20),
		readAgain(NODE, [look], 1),
		cannotRead(NODE, throttled, [look], 1),
		cannotRead(NODE, tooSlow(lost, 30), [look], 1),
		noSuchCustomers(NODE, [look], 20, ONCE),
		noSuchCustomers(NODE, [look, look], 20, ONCE),
	];
	const thrown = [
		given({ events, customerIds: '' }),
		given({ events, customerIds: '..' }),
		given({ events: [], customerIds: SAMPLES.customer }),
		given({ events: 'validated', customerIds: SAMPLES.customer }),
		...told.map((error) => () => {
			throw error;
		}),
	];
	return await Promise.all(thrown.map(thrownBy));
}

/** What the list of accounts in the editor says, and what ends a run whatever its items. */
export async function editorRows(): Promise<Row[]> {
	const search = (customerId: string) => async () =>
		await searchCustomerAccounts.call(functionsFor({ parameters: { customerId } }) as never);
	const unknown = { resource: 'customer', operation: '<operation>' };
	const failure = unforeseen('<what it was>', true);
	return [
		inTwo((await thrownBy(search(''))).message),
		inTwo((await thrownBy(search('..'))).message),
		await thrownBy(async () => await executeOperation(functionsFor({ parameters: unknown }))),
		row(failure.message, failure.code, failure.description),
	];
}

const done = (more: object): ItemResult => ({ item: 0, json: {}, ...more });
const failed = (effect: 'none' | 'unknown', more: object = {}): ItemResult => ({
	item: 0,
	failure: { ...lost, effect },
	subject: { customerAccountId: SAMPLES.account },
	...more,
});

/** A run in which everything happened. */
const RESULTS: ItemResult[] = [
	done({ outcome: 'created', status: 'ACTIVE', validation: 'started' }),
	done({ outcome: 'existing', status: 'PENDING', validation: 'notNeeded' }),
	done({ status: 'FAILURE' }),
	done({ status: 'CREATED' }),
	done({ status: 'IN_REVIEW' }),
	done({ outcome: 'deleted' }),
	done({ outcome: 'notFound' }),
	failed('none', { isValidation: true }),
	failed('unknown', { isValidation: true }),
];

const DRY: ItemResult[] = [
	done({ outcome: 'wouldCreate', validation: 'wouldStart', dryRun: true }),
	done({ outcome: 'existing', validation: 'notNeeded', dryRun: true }),
	done({ outcome: 'existing', dryRun: true, isDuplicate: true }),
];

/** Columns mapped by hand; no item has the last one. */
const MAPPED = {
	accountSource: 'input',
	columns: {
		mappingMode: 'defineBelow',
		value: {
			customerId: '={{ $json["Customer Code"] }}',
			accountNumber: '026291800001191',
			ifsc: '={{ $json["IFSC"] }}',
			beneficiaryName: '={{ $json["Name"] }}',
		},
	},
};

/** An existing account that has another name in its row. */
const named = (item: number) =>
	({
		request: { item, account: { type: 'bankAccount', beneficiaryName: 'Asha' } },
		value: { outcome: 'existing', account: { beneficiaryName: 'Ravi' } },
	}) as never;

const NAMES = [otherNames([named(0)]) ?? '', otherNames([named(0), named(4)]) ?? ''];

/** An existing account that has a leading zero more than its row. */
const shorter = (item: number) =>
	({
		request: { item, account: { type: 'bankAccount', accountNumber: '26291800001191' } },
		value: { outcome: 'existing', account: { accountNumber: '026291800001191' } },
	}) as never;

const ZEROS = [otherZeros([shorter(0)]) ?? '', otherZeros([shorter(0), shorter(4)]) ?? ''];

const STALE_CHOICE = [
	staleChoice(
		{ saved: () => ({ mode: 'list', value: SAMPLES.account }) } as never,
		{ customerId: SAMPLES.customer, customerAccountId: SAMPLES.account } as never,
	) ?? '',
];

/** What is said after an earlier try of the same execution. */
function triedAgain(): string[] {
	const notes: string[] = [];
	const run = { retryOnFail: true, note: (message: string) => notes.push(message) } as never;
	const functions = {
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getExecutionId: () => '1',
		getNode: () => NODE,
	} as never;
	const made = { accountId: SAMPLES.account };
	const first = [done({ ...made, outcome: 'created' }), failed('none')];
	noteEarlierTries(functions, run, first);
	noteEarlierTries(functions, run, [done({ ...made, outcome: 'existing' })]);
	return notes;
}

const TASK = { amountOf: () => 1, mayRepeat: true };

const PENDING = done({ status: 'PENDING' });

const NEW = done({ outcome: 'created', status: 'CREATED' });

const unread = failed('none', { dryRun: true });

/** What the output pane says. */
export async function outputRows(): Promise<string[]> {
	const columns = { accountSource: 'input', columns: { mappingMode: 'autoMapInputData' } };
	const sheet = [
		{ 'Customer Code': 'customer_1122', 'Account No': 501_001_234_501, IFSC: 'HDFC0001234' },
	];
	const [row1] = sheet;
	const [, ...warnings] = await hintsOf('create', {
		parameters: { ...columns, options: { dryRun: true } },
		rows: [{ 'Sl. No': 1, ...row1, 'Benificiary Name': 'Asha', Client: 'x' }],
	});
	const byHand = await hintsOf('create', {
		parameters: { ...MAPPED, options: { dryRun: true } },
		rows: sheet,
	});
	const always = await hintsOf('create', {
		parameters: {
			...columns,
			outputMode: 'byStatus',
			options: { dryRun: true, keepFields: '<field>' },
		},
		rows: sheet,
		alwaysOutputData: true,
	});
	const said = [
		...summaryOf(RESULTS, 'account', { ...TASK, waits: false }),
		...summaryOf([PENDING], 'account', { ...TASK, waits: true }).slice(1),
		...summaryOf([PENDING, PENDING], 'account', { ...TASK, mayRepeat: false }).slice(1),
		...summaryOf([NEW], 'account', { ...TASK, canValidate: true }),
		...summaryOf([failed('none')], 'account', TASK),
		...summaryOf([...DRY, unread], 'account', TASK),
		...summaryOf([...DRY, ...DRY, unread, unread], 'account', TASK),
		...warnings,
		...byHand,
		...always.slice(-2),
		...NAMES,
		...ZEROS,
		...STALE_CHOICE,
		...triedAgain(),
		...accountNotes(),
	];
	return said.map((text) => row(text, '', '').message);
}

/** What is added to the description where a run stops at the first of several failures. */
export async function stopText(): Promise<string> {
	const first = failed('none');
	const other = { ...failed('none'), failure: { ...lost, message: '<another message>' } };
	const { todo } = await thrownBy(() =>
		throwFirst(functionsFor({}), [done({}), first, other as ItemResult]),
	);
	return todo.slice(lost.description.length).trim();
}
