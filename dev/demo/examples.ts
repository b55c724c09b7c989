/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- the demo runs on a developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Workflow } from '../n8n';
import { aiTool } from './runs/aiTool';
import { alertOnValidationFailure } from './runs/alertOnValidationFailure';
import { formToVerifiedAccount } from './runs/formToVerifiedAccount';
import { nightlyRecheck } from './runs/nightlyRecheck';
import { onboardCustomerAccounts } from './runs/onboardCustomerAccounts';
import { scheduledOnboarding } from './runs/scheduledOnboarding';
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
		about: 'create and validate the accounts of new customers, and branch on the result',
		run: onboardCustomerAccounts,
	},
	{
		name: 'scheduled-onboarding',
		about:
			'rows of a Data Table become customers with accounts; IDs are written back, failures alert',
		run: scheduledOnboarding,
	},
	{
		name: 'alert-on-validation-failure',
		about: 'Juspay Trigger sends a message when a validation fails (takes a minute)',
		run: alertOnValidationFailure,
	},
	{
		name: 'nightly-recheck',
		about: 'asks again about accounts that were pending, and updates their rows',
		run: nightlyRecheck,
	},
	{
		name: 'form-to-verified-account',
		about: 'a form whose last page says whether the bank account is right',
		run: formToVerifiedAccount,
	},
	{
		name: 'ai-tool',
		about: 'Juspay as tools for AI assistants, by MCP',
		run: aiTool,
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
