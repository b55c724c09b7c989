import type { CustomerAccount } from '../../account/types';
import { halves } from '../../lists';
import type { Kind } from '../../http/meaning';
import type { Failure } from '../../http/words';
import type { Batch, Creation, SendBatch } from './creation';
import * as messages from './messages';
import type { WantedAccount } from './wantedAccounts';

/** Refusals that don't depend on the accounts: the request wasn't processed at all. */
const NOT_PROCESSED = new Set<Kind>([
	'stopped',
	'unusable',
	'unreachable',
	'throttled',
	'keyRejected',
	'badOrigin',
	'forbidden',
	'missing',
]);

/** Settles a refused request. If it contained several accounts, some may exist all the same: looks before it sends parts. */
export async function settleRefused(
	creation: Creation,
	batch: Batch,
	refusal: Failure,
	send: SendBatch,
): Promise<Batch[]> {
	const { known, wanted } = creation;
	const { entries } = batch;
	const isCertain =
		refusal.effect === 'none' && (entries.length === 1 || NOT_PROCESSED.has(refusal.kind));
	if (isCertain && refusal.kind !== 'exists') {
		// What concerns the customer also concerns the accounts that were not sent yet.
		wanted.fail(refusal.scope === 'account' ? entries : wanted.open(), refusal);
		return [];
	}
	const listed = known.hasBaseline ? await known.listUntilCurrent() : undefined;
	if (!Array.isArray(listed)) {
		const isDoubt = refusal.effect === 'unknown' || listed !== undefined;
		if (isDoubt) creation.noteDoubt();
		wanted.fail(entries, isDoubt ? messages.mayExist(refusal) : refusal);
		return [];
	}
	const outcome = refusal.kind === 'exists' ? 'existing' : 'created';
	creation.assign(entries, known.unassigned(listed), outcome, true);
	return await isolateBadAccounts(creation, batch, refusal, listed, send);
}

/** Splits a refused batch without the accounts that exist or may exist, until each bad account is sent alone. */
export async function isolateBadAccounts(
	creation: Creation,
	batch: Batch,
	refusal: Failure,
	listed: readonly CustomerAccount[],
	send: SendBatch,
): Promise<Batch[]> {
	const { wanted } = creation;
	creation.failPossiblyCreated(batch.entries, listed, refusal);
	const left = wanted.open(batch.entries);
	if (batch.entries.length === 1 || refusal.scope !== 'account') {
		wanted.fail(refusal.scope === 'account' ? left : wanted.open(), refusal);
		return [];
	}
	if (left.length <= 1) return left.length === 0 ? [] : [partOf(left)];
	if (batch.isPart || left.length <= 3) return halves(left).map(partOf);
	return await sendSamples(creation, left, send);
}

/** Sends three accounts alone. If all are refused for the same reason, the others aren't sent at all. */
async function sendSamples(
	{ wanted }: Creation,
	left: WantedAccount[],
	send: SendBatch,
): Promise<Batch[]> {
	const middle = left[Math.floor(left.length / 2)] as WantedAccount;
	const samples = [left[0], middle, left.at(-1)] as WantedAccount[];
	const next: Batch[] = [];
	for (const sample of wanted.open(samples)) next.push(...(await send(partOf([sample]))));
	const failures = samples.map(({ result }) =>
		result && 'failure' in result ? result.failure : undefined,
	);
	const [first] = failures;
	const rest = wanted.open(left).filter((entry) => !samples.includes(entry));
	if (first?.reason && failures.every((it) => it?.reason === first.reason)) {
		wanted.fail(rest, first);
	}
	const open = wanted.open(rest);
	return [...next, ...(open.length > 1 ? halves(open) : [open]).map(partOf)];
}

function partOf(entries: WantedAccount[]): Batch {
	return { entries, tries: 0, isPart: true };
}
