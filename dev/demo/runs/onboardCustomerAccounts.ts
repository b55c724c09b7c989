import { accountReport } from '../accounts';
import { importExample } from '../import';
import { showAccounts } from '../show';
import type { RunExample, Stage } from '../stage';
import type { Workflow } from '../../n8n';

const TRIGGER = 'Every Day at 9';
const JUSPAY = 'Create and Validate';

/**
 * Executes the example twice, as "Execute workflow" in the editor does: as it is imported, a dry run, and then for real.
 * Follows each account to the end of its branch.
 */
export const onboardCustomerAccounts: RunExample = async (stage, workflow, say) => {
	say('First as imported: the option Dry Run is on');
	const dry = await execute(stage, workflow, false);
	const changed = stage.simulator.counters.accountsMade;
	say(`${dry.said}\nThat changed nothing at Juspay: ${changed} accounts created.`);
	say('\nNow with Dry Run switched off …');
	const { id, execution, said, report } = await execute(stage, workflow, true);
	const ok =
		dry.execution.status === 'success' &&
		changed === 0 &&
		execution.status === 'success' &&
		report.rows.length > 0 &&
		report.rows.length === report.expected;
	const shown = [showAccounts(report), said].join('\n');
	return { ok, shown, workflowId: id, execution };
};

async function execute(stage: Stage, workflow: Workflow, forReal: boolean) {
	const { id } = await importExample(stage, workflow, { forReal });
	const execution = await stage.client.run(id, TRIGGER);
	const hints = (execution.nodes[JUSPAY] ?? []).flatMap((run) => run.hints);
	const said = hints.map((hint) => `  > ${hint}`).join('\n');
	return { id, execution, said, report: accountReport(execution, workflow, JUSPAY) };
}
