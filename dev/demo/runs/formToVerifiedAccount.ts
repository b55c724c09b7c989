import { submitForm } from '../form';
import { importExample } from '../import';
import { showTable } from '../show';
import type { RunExample } from '../stage';

/** What people type into the form, and the page that should come last. */
const ENTRIES = [
	{
		values: ['customer_asha', '026291800001194', 'HDFC0001234', 'Asha Rao'],
		title: 'Account verified',
	},
	{
		values: ['customer_chitra', '50100123450002', 'ICIC0004321', 'Chitra Iyer'],
		title: 'Please check the details',
	},
	{
		values: ['customer_devi', '30987654321098', 'SBINO001234', 'Devi Nair'],
		title: 'Please correct the details',
	},
];

/** How long the bank takes to answer. */
const VALIDATION_MS = 2_000;

/** Activates the example, fills in its form three times as a browser would, and shows the pages that came last. */
export const formToVerifiedAccount: RunExample = async (stage, workflow, say) => {
	const { simulator, url } = stage;
	const { id } = await importExample(stage, workflow, { forReal: true });
	await stage.activate(id);
	simulator.configure({ validationMs: VALIDATION_MS });
	const form = `${url}/form/bank-account`;
	say(`The form is at ${form}; filling it in ${ENTRIES.length} times, as a browser would …`);

	const shown: string[][] = [];
	let ok = true;
	for (const { values, title } of ENTRIES) {
		const last = await submitForm(form, values);
		shown.push([...values, last.title, last.message]);
		ok &&= last.title === title;
	}
	ok &&= simulator.counters.duplicatesMade === 0 && simulator.counters.validationsRepeated === 0;
	const head = ['Customer number', 'Account number', 'IFSC', 'Name', 'Last page', 'What it says'];
	return { ok, shown: showTable(head, shown), workflowId: id, links: { Form: form } };
};
