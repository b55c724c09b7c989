import { identityOf } from '../account/identity';
import type { CustomerAccount } from '../account/types';
import { halves } from '../lists';
import type { Failure, Kind } from '../http/failure';
import type { Batch, Creation, SendBatch } from './creation';
import * as messages from './messages';
import type { WantedAccount } from './ledger';

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

/**
 * Settles a request that was refused on proof: `effect` is `none`. If it contained several accounts, some may exist all the
 * same: looks before it sends parts.
 */
export async function settleRefused(
	creation: Creation,
	batch: Batch,
	refusal: Failure,
	send: SendBatch,
): Promise<Batch[]> {
	const { ledger } = creation;
	const { entries } = batch;
	const isCertain = entries.length === 1 || NOT_PROCESSED.has(refusal.kind);
	if (isCertain && refusal.kind !== 'exists') {
		// What concerns the customer also concerns the accounts that were not sent yet.
		creation.fail(refusal.scope === 'account' ? entries : ledger.open(), refusal);
		return [];
	}
	const listed = creation.hasBaseline ? await creation.listUntilCurrent() : undefined;
	if (!Array.isArray(listed)) {
		const doubt = () => messages.mayExist(refusal, creation.settlesFrom(entries));
		creation.fail(entries, listed ? doubt() : refusal);
		return [];
	}
	const outcome = refusal.kind === 'exists' ? 'existing' : 'created';
	creation.assignListed(entries, listed, outcome);
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
	const { ledger } = creation;
	creation.failPossiblyCreated(batch.entries, listed, refusal);
	const left = ledger.open(batch.entries);
	if (batch.entries.length === 1 || refusal.scope !== 'account') {
		creation.fail(refusal.scope === 'account' ? left : ledger.open(), refusal);
		return [];
	}
	return batch.isPart ? halves(left).map(partOf) : await sendSamples(creation, left, send);
}

/** How many accounts of a refused batch are sent alone, and how many others they must speak for at least. */
const SAMPLES = 3;

/** Sends three accounts alone. If all are refused for the same reason, the others, if more than they, aren't sent at all. */
async function sendSamples(
	creation: Creation,
	left: WantedAccount[],
	send: SendBatch,
): Promise<Batch[]> {
	const { ledger } = creation;
	const distinct = [...new Map(left.map((entry) => [identityOf(entry.wanted), entry])).values()];
	if (distinct.length <= SAMPLES) return halves(left).map(partOf);
	// Another one each time: the same three bad ones must not keep the others from being sent on every run.
	const between = distinct[1 + Math.floor(Math.random() * (distinct.length - 2))];
	const samples = [distinct[0], between, distinct.at(-1)].filter((entry) => entry !== undefined);
	const next: Batch[] = [];
	for (const sample of ledger.open(samples)) next.push(...(await send(partOf([sample]))));
	const failures = samples.map(({ result }) =>
		result && 'failure' in result ? result.failure : undefined,
	);
	const [first] = failures;
	const rest = ledger.open(left);
	const isSame = first?.reason && failures.every((failure) => failure?.reason === first.reason);
	if (isSame && rest.length > SAMPLES) creation.fail(rest, first);
	return [...next, ...halves(ledger.open(rest)).map(partOf)];
}

function partOf(entries: WantedAccount[]): Batch {
	return { entries, tries: 0, isPart: true };
}
