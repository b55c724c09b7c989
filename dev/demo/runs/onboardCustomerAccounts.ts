import { accountReport } from '../accounts';
import { importExample } from '../import';
import { showAccounts } from '../show';
import type { RunExample } from '../stage';

/** Executes the example as "Execute workflow" in the editor does, and follows each account to the end of its branch. */
export const onboardCustomerAccounts: RunExample = async (stage, workflow) => {
	const { id } = await importExample(stage, workflow);
	const execution = await stage.client.run(id, 'Every Day at 9');
	const report = accountReport(execution, workflow, 'Create and Validate');
	const ok =
		execution.status === 'success' &&
		report.rows.length > 0 &&
		report.rows.length === report.expected;
	return { ok, shown: showAccounts(report), workflowId: id, execution };
};
