/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- the demo runs on a developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { submitForm } from '../form';
import { importExample } from '../import';
import type { RunExample } from '../stage';

/** The file that comes with the example. */
export async function exampleCsv(): Promise<File> {
	const content = await readFile(resolve(__dirname, '../../../examples/bank-accounts.csv'));
	return new File([content], 'bank-accounts.csv', { type: 'text/csv' });
}

/** Activates the example, uploads the CSV file that comes with it, and shows the file that comes back. */
export const csvInCsvOut: RunExample = async (stage, workflow, say) => {
	const { simulator, url } = stage;
	const { id } = await importExample(stage, workflow, { forReal: true });
	await stage.activate(id);
	const form = `${url}/form/accounts-csv`;
	say(`The form is at ${form}; uploading examples/bank-accounts.csv …`);
	const { title, message, file = '' } = await submitForm(form, [await exampleCsv()]);
	const ok =
		title === 'Finished' &&
		file.trim().split('\n').length === 6 &&
		simulator.counters.accountsMade === 4 &&
		simulator.counters.duplicatesMade === 0;
	const shown = [`${title}: ${message}`, '', file.trim()].join('\n');
	return { ok, shown, workflowId: id, links: { Form: form } };
};
