import { identity } from './accounts';
import type { Execution, Played } from './play';
import type { Climate, World } from './scenario';
import { WELL } from './scenario';
import type { Told } from './world';

/** A world in words, for whoever looks at a counterexample. */
export function tell({ world, juspay, executions, startedAt }: Played): string {
	const at = (time: number | undefined) =>
		time === undefined ? 'never' : `${((time - startedAt) / 1000).toFixed(2)} s`;
	const lines: Array<{ time: number; text: string }> = [];
	const say = (time: number, text: string) => lines.push({ time, text: `${at(time)}  ${text}` });
	lines.push({ time: -2, text: `Juspay: ${climateOf(world)}` });
	for (const { sent, id, customer, account, states } of juspay.truth.kept) {
		if (!sent.by)
			lines.push({
				time: -1,
				text: `there: customer ${customer}, ${id} = ${identity(account)} ${states[0]?.status}`,
			});
	}
	for (const execution of executions) {
		say(execution.startedAt, `${execution.name} begins: ${whatOf(execution)}`);
		if (execution.cancelledAt !== undefined)
			say(execution.cancelledAt, `${execution.name} is cancelled`);
		if (execution.endedAt !== undefined)
			say(execution.endedAt, `${execution.name} ends${answersOf(execution, at)}`);
	}
	for (const told of juspay.story) {
		say(told.at, `${told.by.name} -> ${askedOf(told)} (${told.fate.kind})`);
		for (const { at: time, what, id } of told.effects)
			say(time, `   ${told.by.name}: ${what} ${id}`);
		if (told.answeredAt !== undefined) {
			say(told.answeredAt, `${told.by.name} <- ${told.asked.to}: ${answerOf(told)}`);
		}
	}
	// Sorting is stable: what happened at the same time stays in the order in which it was said.
	return lines
		.sort((one, other) => one.time - other.time)
		.map(({ text }) => text)
		.join('\n');
}

/** What is not well with Juspay all the time. */
function climateOf({ climate, dialect }: World): string {
	const unwell = Object.entries(climate).filter(
		([name, value]) => value !== WELL[name as keyof Climate],
	);
	return JSON.stringify({ ...Object.fromEntries(unwell), ...(dialect.blind && { blind: true }) });
}

function whatOf({ work, wanted, customerId, process }: Execution): string {
	const { operation, onExisting, perRequest, maxRetries, customer, validateInDoubt } = work;
	const { routingId, mostPennies } = work;
	const accounts = wanted.map(({ account, id }) => id ?? identity(account)).join(', ');
	const where = process > 0 ? `process ${process + 1}, ` : '';
	return `${operation} (${where}${onExisting}, ${perRequest} at a time, ${maxRetries} retries${validateInDoubt ? ', in doubt too' : ''}${routingId && `, routed as ${routingId}`}${mostPennies === undefined ? '' : `, ${mostPennies} penny drops`}) for customer ${customer}, ${customerId}: ${accounts}`;
}

function answersOf({ rows = [] }: Execution, at: (time: number) => string): string {
	return rows
		.map(({ id, outcome, failure }) =>
			failure
				? `\n      ${failure.effect}: ${failure.code}: ${failure.message}${failure.accountId ? ` (${failure.accountId})` : ''}${failure.settlesAt === undefined ? '' : `, settles at ${at(failure.settlesAt)}`}`
				: `\n      ${id} ${outcome ?? ''}`,
		)
		.join('');
}

function askedOf({ asked }: Told): string {
	if ('id' in asked) return `${asked.to} ${asked.id}`;
	if (asked.to === 'list') return asked.offset > 0 ? `list from ${asked.offset}` : 'list';
	const accounts = asked.accounts.map((account) => identity(account)).join(', ');
	return `create${asked.validate ? ' and validate' : ''} ${accounts}`;
}

function answerOf({ answer }: Told): string {
	if (answer?.kind !== 'answered') return answer?.kind ?? 'nothing';
	return `${answer.status} ${JSON.stringify(answer.body) ?? '(no JSON)'}`.slice(0, 400);
}
