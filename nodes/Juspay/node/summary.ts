import { counted } from '../account/check';
import { maskText } from '../account/mask';
import type { Outcome } from '../account/output';
import { KNOWN_STATUSES, rankOf, STATUSES } from '../account/status';
import type { Advice, Operation } from './operation';
import { OPTIONS } from './options';
import { isFailed } from './results';
import type { DoneResult, FailedResult, ItemResult } from './results';
import { readable } from './run';
import type { Run } from './run';

/** What the node was asked to do, as far as the summary depends on it. */
export interface Task extends Advice {
	/** What one penny drop of an item costs, in INR. */
	amountOf(item: number): number;
	/** Whether the step waits for validations; undefined where it has no such option. */
	waits?: boolean | undefined;
}

/** What the summary needs to know of a run. */
export function taskOf(run: Run, operation: Operation, results: readonly ItemResult[]): Task {
	const waits = (item: number) =>
		(readable(() => run.option(OPTIONS.waitForValidation, item)) ?? 0) > 0;
	return {
		amountOf: (item) => Number(readable(() => run.option(OPTIONS.validationAmount, item)) || 1),
		waits: operation.options.includes('waitForValidation')
			? [...run.items.keys()].some(waits)
			: undefined,
		mayRepeat: true,
		...operation.advice?.(run, results),
	};
}

/**
 * What the output pane says after a run: counts, sums of money and account IDs, nothing else of an account. Where some
 * rows are a dry run's and others are not, it says both.
 */
export function summaryOf(results: readonly ItemResult[], what: string, task: Task): string[] {
	const { amountOf } = task;
	const dry = results.filter(({ dryRun }) => dryRun);
	const real = results.filter(({ dryRun }) => !dryRun);
	// What could not be read counts with the others, whichever they are.
	if (dry.length > 0 && real.every((it) => isFailed(it) && it.failure.code === 'BAD_INPUT'))
		return dryRunSummary(results, what, amountOf);
	return [...dryRunSummary(dry, what, amountOf), ...summaryOfReal(real, what, task)];
}

function summaryOfReal(results: readonly ItemResult[], what: string, task: Task): string[] {
	const done = results.filter((result): result is DoneResult => !isFailed(result));
	const failed = results.filter(isFailed);
	const counts = [outcomesOf(done, failed, what), validations(done)].filter((it) => it !== '');
	return [
		notValidated(done, failed, what, task) || counts.join(' '),
		pennyDrops(done, failed, task.amountOf),
		stillPending(done, task),
	].filter((it) => it !== '');
}

/** Where all accounts are new and none is validated, because nobody asked for it: how to. */
function notValidated(
	done: readonly DoneResult[],
	failed: readonly FailedResult[],
	what: string,
	{ canValidate = false }: Task,
): string {
	const isNew = ({ outcome, status }: DoneResult) => outcome === 'created' && status === 'CREATED';
	if (!canValidate || done.length === 0 || failed.length > 0 || !done.every(isNew)) return '';
	const them = done.length === 1 ? 'it' : 'them';
	return `${counted(done.length, what)} created, not validated. Turn on 'Validate on Create' to validate ${them}.`;
}

const OUTCOMES: Partial<Record<Outcome, string>> = {
	created: 'created',
	existing: 'already existed',
	updated: 'updated',
	deleted: 'deleted',
	notFound: 'not found',
};

/** E.g. "6 accounts: 1 created, 4 already existed, 1 with an error." */
function outcomesOf(
	done: readonly DoneResult[],
	failed: readonly FailedResult[],
	what: string,
): string {
	const all = done.length + failed.length;
	if (all === 0) return '';
	const parts = Object.entries(OUTCOMES).map(
		([outcome, word]): Count => [numberOf(done, 'outcome', outcome), word],
	);
	// Operations without an outcome return what is there.
	if (failed.length > 0) parts.push([done.length - totalOf(parts), 'returned']);
	parts.push(withErrors(failed.length));
	const said = listed(parts);
	return `${counted(all, what)}${said && `: ${said}`}.`;
}

/** Each status with its word, what never was validated last. */
const WORDS = [...KNOWN_STATUSES]
	.sort((one, other) => rankOf(one) - rankOf(other))
	.sort((one, other) => Number(one === 'CREATED') - Number(other === 'CREATED'))
	.map((status) => [status, STATUSES[status].word] as const);

/** E.g. "Validation: 2 active, 2 pending, 1 failed." */
function validations(done: readonly DoneResult[]): string {
	const withStatus = done.filter(({ status }) => status !== undefined);
	const parts = WORDS.map(([status, word]): Count => [numberOf(done, 'status', status), word]);
	parts.push([withStatus.length - totalOf(parts), 'in another status']);
	const said = listed(parts);
	return said && `Validation: ${said}.`;
}

/** More IDs than this are counted, not named. */
const MOST_NAMED = 20;

/** What a run did that moved money, e.g. "Penny drops: 2 started (₹2), 1 not needed, 1 in doubt (banh_…)." */
function pennyDrops(
	done: readonly DoneResult[],
	failed: readonly FailedResult[],
	amountOf: (item: number) => number,
): string {
	const started = done.filter(({ validation }) => validation === 'started');
	const idsOf = (effect: 'none' | 'unknown') => [
		...new Set(
			failed
				.filter((it) => it.isValidation && it.failure.effect === effect)
				.map(({ subject }) => subject.customerAccountId ?? ''),
		),
	];
	const refused = idsOf('none');
	const inDoubt = idsOf('unknown');
	if (started.length + refused.length + inDoubt.length === 0) return '';
	const said = listed([
		[started.length, `started (${sumOf(started, amountOf)})`],
		[numberOf(done, 'validation', 'alreadyStarted'), 'started before'],
		[numberOf(done, 'validation', 'notNeeded'), 'not needed'],
		[refused.length, 'refused'],
		[inDoubt.length, `in doubt (${firstOf(inDoubt.map(maskText), MOST_NAMED)})`],
	]);
	return `Penny drops: ${said}.`;
}

/** What to do about validations that have not ended yet: nothing that is done already, nothing that costs. */
function stillPending(done: readonly DoneResult[], { mayRepeat, waits }: Task): string {
	const count = numberOf(done, 'status', 'PENDING');
	if (count === 0) return '';
	const who = `${counted(count, 'account')} ${count === 1 ? 'is' : 'are'}`;
	const again = mayRepeat
		? 'run this step again in a few minutes (it costs nothing)'
		: 'use Get Many in a few minutes';
	const ways = [
		...(waits === false ? ["add the option 'Wait for Validation'"] : []),
		again,
		'or start a workflow with the Juspay Trigger',
	];
	return `${who} still pending${waits ? ' after the wait' : ''}. To get the result, ${ways.join(ways.length > 2 ? ', ' : ' ')}.`;
}

/** The first few of a list; the others are counted. */
export function firstOf(list: ReadonlyArray<string | number>, most: number): string {
	const more = list.length - most;
	return list.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** How many there are of something, and the word for it. */
type Count = [number, string];

function numberOf(
	done: readonly DoneResult[],
	name: 'outcome' | 'status' | 'validation',
	value: string,
): number {
	return done.filter((result) => result[name] === value).length;
}

function totalOf(parts: readonly Count[]): number {
	return parts.reduce((sum, [count]) => sum + count, 0);
}

/** How many rows ended with an error. */
export function withErrors(count: number): Count {
	return [count, count === 1 ? 'with an error' : 'with errors'];
}

/** Counts with their words, without those of nothing: "2 active, 1 failed". */
export function listed(parts: readonly Count[]): string {
	return parts
		.filter(([count]) => count > 0)
		.map(([count, name]) => `${count} ${name}`)
		.join(', ');
}

/** What these penny drops cost in all, as people write it: ₹2, ₹2.50. */
function sumOf(started: readonly DoneResult[], amountOf: (item: number) => number): string {
	const paise = started.reduce((sum, { item }) => sum + Math.round(amountOf(item) * 100), 0);
	return `₹${paise % 100 === 0 ? paise / 100 : (paise / 100).toFixed(2)}`;
}

/** How many rows name an account that a row before them names: of one that would be created, or of one that exists. */
function duplicatesAmong(done: readonly DoneResult[]): number {
	const seen = new Set<string>();
	return done.filter(({ isDuplicate, accountId = '' }) => {
		const isSeen = accountId !== '' && seen.has(accountId);
		seen.add(accountId);
		return isDuplicate || isSeen;
	}).length;
}

/**
 * What a dry run says, e.g. "Dry run: 585 accounts would be created, 412 exist, 3 rows have errors; 585 penny drops
 * (₹585)."
 */
function dryRunSummary(
	results: readonly ItemResult[],
	what: string,
	amountOf: (item: number) => number,
): string[] {
	const done = results.filter((result): result is DoneResult => !isFailed(result));
	const missing = numberOf(done, 'outcome', 'wouldCreate');
	const duplicates = duplicatesAmong(done);
	const existing = done.length - missing - duplicates;
	const failed = results.length - done.length;
	const drops = done.filter(({ validation }) => validation === 'wouldStart');
	const said = listed([
		[missing, `${what}${missing === 1 ? '' : 's'} would be created`],
		[existing, existing === 1 ? 'exists' : 'exist'],
		[duplicates, duplicates === 1 ? 'duplicates another row' : 'duplicate other rows'],
		[failed, failed === 1 ? 'row has errors' : 'rows have errors'],
	]);
	const cost = `${counted(drops.length, 'penny drop')} (${sumOf(drops, amountOf)})`;
	// Customers cost nothing.
	return said ? [`Dry run: ${said}${what === 'account' ? `; ${cost}` : ''}.`] : [];
}
