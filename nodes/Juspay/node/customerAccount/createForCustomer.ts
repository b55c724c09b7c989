import { identityOf, nearKey } from '../../account/identity';
import { groupBy } from '../../lists';
import { createAccounts, similarRow } from '../../once';
import type { CreateResult } from '../../once';
import type { Answer } from '../items';
import type { Run } from '../run';
import type { AccountFound } from './accounts';
import type { NewAccount } from './readAccounts';

/** Creates one customer's accounts; those with other settings go in requests of their own, one after the other. */
export async function createForCustomer(
	run: Run,
	requests: NewAccount[],
	looksOnly: boolean,
): Promise<Array<Answer<AccountFound> | undefined>> {
	const answers = new Map<NewAccount, Answer<AccountFound>>();
	const planned: Plan = new Map();
	const customerIsPlanned = requests.some((request) => request.customerIsPlanned);
	for (const group of groupBy(requests, settingsKey)) {
		const [shared] = group as [NewAccount];
		const made = await createAccounts(await run.session, {
			...shared,
			accounts: group.map(({ account }) => account),
			customerIsPlanned,
			dryRun: shared.dryRun || looksOnly,
		});
		for (const [index, request] of group.entries())
			answers.set(request, plannedOnce(request, answerOf(made[index] as CreateResult), planned));
		if (!run.continueOnFail && !looksOnly && made.some((it) => 'failure' in it)) break;
	}
	return requests.map((request) => answers.get(request));
}

/** The same for accounts that may travel in one request. */
function settingsKey(request: NewAccount): string {
	const { validate, onExisting, dryRun, perRequest, validateInDoubt, settings } = request;
	return JSON.stringify([validate, onExisting, dryRun, perRequest, validateInDoubt, settings]);
}

function answerOf(made: CreateResult): Answer<AccountFound> {
	return 'failure' in made ? { ok: false, ...made } : { ok: true, value: made };
}

/** In a dry run, what earlier rows of the customer would create, by number, each with whether a penny drop is planned. */
type Plan = Map<string, { identity: string; isPaid: boolean }>;

/** In a dry run, an account that rows with other settings name too would be created for the first of them alone. */
function plannedOnce(
	{ account, dryRun, onExisting }: NewAccount,
	answer: Answer<AccountFound>,
	planned: Plan,
): Answer<AccountFound> {
	if (!answer.ok || answer.value.outcome !== 'wouldCreate') return answer;
	const { value } = answer;
	const identity = identityOf(account);
	// What only a dry run's row would create is created by another row.
	const key = `${dryRun} ${nearKey(account)}`;
	const earlier = onExisting === 'create' ? undefined : planned.get(key);
	if (earlier && earlier.identity !== identity) return { ok: false, failure: similarRow() };
	const isPaid = earlier?.isPaid ?? false;
	planned.set(key, { identity, isPaid: isPaid || value.validation === 'wouldStart' });
	if (!earlier) return answer;
	const validation = isPaid ? value.validation && 'notNeeded' : value.validation;
	return { ok: true, value: { ...value, outcome: 'existing', validation } };
}
