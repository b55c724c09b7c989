import type { INodeProperties } from 'n8n-workflow';
import { refuse } from '../../account/check';
import { validateAccounts } from '../../once';
import { customerId } from '../fields';
import { runItems } from '../items';
import type { Steps } from '../items';
import type { Operation } from '../operation';
import { isFailed } from '../results';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import { ACCOUNTS, finish } from './accounts';
import type { AccountFound } from './accounts';
import { withinMaxValidations } from './maxValidations';
import { customerAccountId, subjectOf, readTarget, withAdvice } from './target';
import type { Target } from './target';

const validateNotice: INodeProperties = {
	displayName:
		'Validation moves money: Juspay sends a penny drop (1 INR by default) to each account that was never validated, and again to each whose validation failed. Active and pending accounts are returned without a penny drop.',
	name: 'validateNotice',
	type: 'notice',
	default: '',
};

/** Starts each account's validation, once. */
async function execute(run: Run): Promise<ItemResult[]> {
	const validate = async (looksOnly: boolean) =>
		await runItems<Target, AccountFound>(run, steps(run, looksOnly));
	return await finish(run, await withinMaxValidations(run, subjectOf, validate));
}

function steps(run: Run, looksOnly: boolean): Steps<Target, AccountFound> {
	return {
		looksOnly,
		read: (known) => {
			refuseRetryOnFail(run);
			return readTarget(run, known);
		},
		groupKey: ({ customerId, settings }) => JSON.stringify([customerId, settings.routingId]),
		subjectOf,
		work: async (targets) => {
			const orders = targets.map((target) => ({
				...target,
				dryRun: looksOnly || target.dryRun,
			}));
			const validated = await validateAccounts(await run.session, orders);
			return validated.map((answer) => withAdvice(run, answer));
		},
	};
}

/** n8n's Retry On Fail runs a node again from its beginning. */
function refuseRetryOnFail({ retryOnFail }: Run): void {
	if (!retryOnFail) return;
	refuse(
		'Retry On Fail',
		'is on: it could pay for a second penny drop to an account whose validation failed',
		"Turn it off in the node's Settings. The node itself retries what is safe to retry.",
	);
}

/** Customer Account: Validate. */
export const validate: Operation = {
	value: 'validate',
	label: 'Validate',
	action: 'Validate customer account',
	description: 'Check a customer account with a penny drop',
	fields: [customerId, customerAccountId, validateNotice],
	options: [
		'bodyFields',
		'dryRun',
		'gatewayId',
		'maxValidations',
		'validateInDoubt',
		'validationAmount',
		'waitForValidation',
	],
	returns: ACCOUNTS,
	execute,
	// It pays again for what has failed.
	advice: (_, results) => ({
		mayRepeat: !results.some((it) => isFailed(it) || it.status === 'FAILURE'),
	}),
};
