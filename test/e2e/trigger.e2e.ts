/**
 * What would make the trigger silent although something failed, in real n8ns: one with n8n's usual poller, and one with
 * its own scheduler, which drops what a poll learns unless it reports something. There it polls once a minute, so that
 * nearly all of the time nothing happens: polls at several times of a minute are jobs of their own for the scheduler, and
 * a busy machine runs some of them at once.
 */
import {
	chainOf,
	credentialFor,
	nodeOf,
	openStage,
	withCredential,
	type Stage,
	type Workflow,
} from '../../dev/n8n';
import { until } from '../../dev/until';
import { INSTALL_WITHIN_MS, packed, polledOften } from './stage';

const withinMs = 300_000;

const SCHEDULER = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
};

it.concurrent.each<[string, Record<string, string>, (workflow: Workflow) => Workflow]>([
	['its usual poller', {}, polledOften],
	['its own scheduler', SCHEDULER, (workflow) => workflow],
])(
	'the trigger is never silent in an n8n with %s',
	async (_, env, polled) => {
		const stage = await openStage({
			...packed(),
			env,
			juspay: { customers: ['cst_asha', 'cst_ravi'] },
		});
		try {
			await refusedKey(stage);
			await unknownCustomerAndRestart(stage, polled);
		} finally {
			await stage.close();
		}
	},
	INSTALL_WITHIN_MS + 4 * withinMs,
);

/** A workflow that is published with a wrong key isn't, and n8n shows why. */
async function refusedKey({ client, simulator }: Stage): Promise<void> {
	const good = credentialFor(simulator);
	const wrong = { ...good, name: 'Wrong key', data: { ...good.data, apiKey: 'wrong' } };
	const credential = await client.putCredential(wrong);
	const workflow = withCredential(watching('Wrong key', 'cst_ravi'), 'juspayApi', credential);
	const { id } = await client.putWorkflow(workflow);
	await client.activate(id);
	const said = await until(
		'word of the wrong key',
		async () => (await client.refusedTriggers(id))[0],
		{ withinMs },
	);
	expect(said).toContain('Juspay rejected the API key');
	await client.deactivate(id);
}

/** One ID of two is a typo; an account fails twice, and n8n restarts before the second time. */
async function unknownCustomerAndRestart(
	stage: Stage,
	polled: (workflow: Workflow) => Workflow,
): Promise<void> {
	const { client, simulator } = stage;
	const account = simulator.seedAccount('cst_asha', { vpa: 'asha@upi' }, 'PENDING');
	const { id } = await stage.importWorkflow(polled(watching('Watch', 'cst_asha; cst_ashha')));
	const told = async (messages: string[]) => {
		const look = async () => (await messagesOf(client, id)).length >= messages.length;
		await until(messages.at(-1) ?? '', look, { withinMs, everyMs: 1000 });
		expect(await messagesOf(client, id)).toEqual(messages);
	};
	/** A poll lists the accounts of both customers. */
	const lists = async (count: number) => {
		const made = () => simulator.counters.requests.listAccounts;
		const from = made() + count;
		await until(`${count} more lists`, () => made() >= from, { withinMs });
	};
	await client.activate(id);
	const unknown = 'Juspay has no customer cst_ashha';
	await told([unknown]);
	simulator.setStatus(account, 'FAILURE');
	await told([unknown, 'FAILURE']);
	simulator.setStatus(account, 'PENDING');
	await lists(2);
	await stage.restart(() => simulator.setStatus(account, 'FAILURE'));
	await told([unknown, 'FAILURE', 'FAILURE']);
	// Once the next poll but one begins, the next one has said all that it has to say.
	await lists(3);
	await told([unknown, 'FAILURE', 'FAILURE']);
	await client.deactivate(id);
}

/** What a workflow's executions say, the oldest first: the statuses reported, or why they failed. */
async function messagesOf(client: Stage['client'], workflowId: string): Promise<string[]> {
	const executions = await client.executions(workflowId);
	const messages: string[] = [];
	for (const { id } of executions.reverse()) {
		const { error, nodes } = await client.finished(id);
		const items = nodes['Juspay Trigger']?.[0]?.outputs[0] ?? [];
		messages.push(error?.message ?? items.map(({ json }) => String(json.validationStatus)).join());
	}
	return messages;
}

function watching(name: string, customerIds: string): Workflow {
	const pollTimes = { item: [{ mode: 'everyMinute' }] };
	const parameters = { pollTimes, customerIds, events: ['failure'] };
	const trigger = nodeOf('Juspay Trigger', 'n8n-nodes-juspay.juspayTrigger', parameters);
	return chainOf(name, [trigger, nodeOf('End', 'noOp')]);
}
