import { identityOf } from '../account/identity';
import type { CustomerAccount } from '../account/types';
import { halves } from '../lists';
import type { Failure, Kind } from '../http/failure';
import { assignListed, failPossiblyCreated } from './assign';
import type { Batch, Creation } from './creation';
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
	assignListed(creation, entries, listed, outcome);
	return isolateBadAccounts(creation, batch, refusal, listed);
}

/** Splits a refused batch without the accounts that exist or may exist, until each bad account is sent alone. */
export function isolateBadAccounts(
	creation: Creation,
	batch: Batch,
	refusal: Failure,
	listed: readonly CustomerAccount[],
): Batch[] {
	const { ledger } = creation;
	failPossiblyCreated(creation, batch.entries, listed, refusal);
	const left = ledger.open(batch.entries);
	if (batch.entries.length === 1 || refusal.scope !== 'account') {
		creation.fail(refusal.scope === 'account' ? left : ledger.open(), refusal);
		return [];
	}
	return batch.isPart ? halves(left).map(partOf) : samplesFirst(left);
}

/** How many accounts of a refused batch are sent alone, and how many others they must speak for at least. */
const SAMPLES = 3;

/** Three accounts alone, and then the others, if more than they: see {@link splitAfterSamples}. */
function samplesFirst(left: WantedAccount[]): Batch[] {
	const distinct = [...new Map(left.map((entry) => [identityOf(entry.wanted), entry])).values()];
	if (distinct.length <= SAMPLES) return halves(left).map(partOf);
	// Another one each time: the same three bad ones must not keep the others from being sent on every run.
	const between = distinct[1 + Math.floor(Math.random() * (distinct.length - 2))];
	const samples = [distinct[0], between, distinct.at(-1)].filter((entry) => entry !== undefined);
	return [...samples.map((entry) => partOf([entry])), { ...partOf(left), samples }];
}

/** What to send once samples were sent alone: nothing, where all were refused for the same reason. */
export function splitAfterSamples(
	creation: Creation,
	entries: readonly WantedAccount[],
	samples: readonly WantedAccount[],
): Batch[] {
	const { ledger } = creation;
	const failures = samples.map(({ result }) =>
		result && 'failure' in result ? result.failure : undefined,
	);
	const [first] = failures;
	const rest = ledger.open(entries);
	const isSame = first?.reason && failures.every((failure) => failure?.reason === first.reason);
	if (isSame && rest.length > SAMPLES) creation.fail(rest, first);
	return halves(ledger.open(rest)).map(partOf);
}

function partOf(entries: WantedAccount[]): Batch {
	return { entries, tries: 0, isPart: true };
}
