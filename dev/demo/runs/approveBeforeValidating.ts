import { importExample } from '../import';
import { clickIn, openMailbox } from '../mail';
import { showRows } from '../show';
import type { RunExample } from '../stage';
import { exampleRows } from '../tables';
import { TABLE } from './scheduledOnboarding';

/** Gives the example new rows, reads the email that it sends, approves, and shows what it wrote back. */
export const approveBeforeValidating: RunExample = async (stage, workflow, say) => {
	const { client, tables, simulator } = stage;
	const sheet = await exampleRows();
	const table = { id: await tables.put(TABLE, sheet), name: TABLE };
	const mailbox = await openMailbox();
	try {
		const type = 'smtp';
		const { credential: data } = mailbox;
		const credential = await client.putCredential({ name: 'SMTP account', type, data });
		const { id } = await importExample(stage, workflow, { table, credential, forReal: true });
		const running = client.run(id, 'Every Day at 9');
		const mail = await Promise.race([mailbox.first(), running.then(() => '')]);
		say(`An email has arrived: ${subjectOf(mail)}`);
		const before = simulator.counters.validationsStarted;
		await clickIn(client, mail, 'Approve');
		say('Approved; the accounts are created and validated now …');
		const execution = await running;

		const rows = await tables.rows(table.id);
		const ok =
			execution.status === 'success' &&
			before === 0 &&
			rows.every(({ status }) => status) &&
			simulator.counters.validationsStarted === 4 &&
			simulator.counters.duplicatesMade === 0;
		const shown = showRows(rows, ['customer_ref', 'customer_account_id', 'status', 'problem']);
		const links = { 'Data Table': tables.addressOf(table.id) };
		return { ok, shown, workflowId: id, execution, links };
	} finally {
		await mailbox.close();
	}
};

function subjectOf(mail: string): string {
	return /^Subject: (.*)$/m.exec(mail)?.[1] ?? '';
}
