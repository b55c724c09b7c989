/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- the demo runs on a developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Workflow } from '../n8n';
import * as runs from './runs';
import type { RunExample } from './stage';

/** A workflow of examples/ that the demo can run. */
export interface Example {
	/** As in `npm start -- --example <name>`, and its file's name in examples/. */
	name: string;
	/** What it shows, in one line. */
	about: string;
	run: RunExample;
}

/** The first is the one that `npm start` runs. */
export const EXAMPLES: [Example, ...Example[]] = [
	{
		name: 'onboard-customer-accounts',
		about: 'a dry run first, then create and validate accounts, and branch on the result',
		run: runs.onboardCustomerAccounts,
	},
	{
		name: 'scheduled-onboarding',
		about:
			'rows of a Data Table become customers with accounts; IDs are written back, failures alert',
		run: runs.scheduledOnboarding,
	},
	{
		name: 'alert-on-validation-failure',
		about: 'Juspay Trigger sends a message when a validation fails (takes a minute)',
		run: runs.alertOnValidationFailure,
	},
	{
		name: 'recheck-pending-accounts',
		about: 'asks again about pending accounts, and updates their rows',
		run: runs.recheckPendingAccounts,
	},
	{
		name: 'validate-failed-again',
		about: 'validates accounts again whose validation failed, at most 50 per run',
		run: runs.validateFailedAgain,
	},
	{
		name: 'approve-before-validating',
		about: 'emails what a run would cost, and goes on once it is approved',
		run: runs.approveBeforeValidating,
	},
	{
		name: 'csv-in-csv-out',
		about: 'a form takes a CSV file with accounts, and gives it back with the results',
		run: runs.csvInCsvOut,
	},
	{
		name: 'google-sheets',
		about: 'rows of a Google Sheet in, account IDs and statuses back',
		run: runs.googleSheets,
	},
	{
		name: 'form-to-verified-account',
		about: 'a form whose last page says whether the bank account is right',
		run: runs.formToVerifiedAccount,
	},
	{
		name: 'verify-upi-ids',
		about: 'asks whether UPI IDs exist, and creates and validates only those that do',
		run: runs.verifyUpiIds,
	},
	{
		name: 'ai-tool',
		about: 'Juspay as tools for AI assistants, by MCP',
		run: runs.aiTool,
	},
];

/** The example's file in examples/, to be shown and read. */
export function exampleFile({ name }: { name: string }): string {
	return `examples/${name}.json`;
}

/** Reads an example's workflow, as a user would import it. */
export async function readExample(example: { name: string }): Promise<Workflow> {
	const file = resolve(__dirname, '../..', exampleFile(example));
	return JSON.parse(await readFile(file, 'utf8')) as Workflow;
}
