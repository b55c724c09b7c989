import type { Checked } from '../account/check';
import { checkAll } from '../account/check';
import type { RequestSettings } from '../account/types';
import { OPTIONS } from './options';
import type { Run } from './run';
import type { Value } from './values';

/** The options of one item, read and checked. */
export interface Settings {
	/** Only look up what would happen. */
	dryRun: boolean;
	/** Maximum number of a customer's accounts in one request. */
	perRequest: number;
	/** How long to wait for validations, in milliseconds; a dry run waits for nothing. */
	waitMs: number;
	/** Maximum number of penny drops in the run; undefined where the option is not set. */
	maxValidations: number | undefined;
	/** Whether a validation is sent although an earlier one is in doubt. */
	validateInDoubt: boolean;
	request: RequestSettings;
}

/** Opens a reader of the items' options, which reads them once where all items have the same. */
export function openSettings(run: Run): (item: number) => Checked<Settings> {
	let last: { given: unknown; settings: Checked<Settings> } | undefined;
	return (item) => {
		const given = run.collection('options', item);
		if (last?.given !== given) last = { given, settings: readSettings(run, item) };
		return last.settings;
	};
}

function readSettings(run: Run, item: number): Checked<Settings> {
	const read = <T>(value: Value<T>): Checked<T> => run.option(value, item);
	const checked = checkAll({
		dryRun: read(OPTIONS.dryRun),
		maxValidations: read(OPTIONS.maxValidations),
		validateInDoubt: read(OPTIONS.validateInDoubt),
		perRequest: read(OPTIONS.accountsPerRequest),
		wait: read(OPTIONS.waitForValidation),
		routingId: read(OPTIONS.routingId),
		gatewayId: read(OPTIONS.gatewayId),
		gatewayReferenceId: read(OPTIONS.gatewayReferenceId),
		validationAmount: read(OPTIONS.validationAmount),
		bodyFields: read(OPTIONS.bodyFields),
		// What concerns the whole run is checked for each item all the same: one that can't be read ends alone.
		concurrency: read(OPTIONS.concurrency),
		timeout: read(OPTIONS.timeout),
		maxRetries: read(OPTIONS.maxRetries),
		keepFields: read(OPTIONS.keepFields),
	});
	if ('problem' in checked) return checked;
	const { dryRun, maxValidations, validateInDoubt, perRequest, wait } = checked.value;
	const { routingId, gatewayId, gatewayReferenceId, validationAmount, bodyFields } = checked.value;
	return {
		value: {
			dryRun,
			perRequest,
			waitMs: dryRun ? 0 : wait * 1000,
			maxValidations,
			validateInDoubt,
			request: { routingId, gatewayId, gatewayReferenceId, validationAmount, bodyFields },
		},
	};
}
