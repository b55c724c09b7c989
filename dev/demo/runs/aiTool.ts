import { randomBytes } from 'node:crypto';
import { importExample } from '../import';
import { connectAssistant } from '../mcp';
import type { RunExample } from '../stage';

const CUSTOMER = 'customer_asha';

/** Activates the example and calls its tools with the official MCP client, as an AI assistant would. */
export const aiTool: RunExample = async (stage, workflow, say) => {
	const { client, simulator, url } = stage;
	const token = randomBytes(24).toString('hex');
	const type = 'httpBearerAuth';
	const credential = await client.putCredential({ name: 'MCP token', type, data: { token } });
	const { id } = await importExample(stage, workflow, { credential, forReal: true });
	await stage.activate(id);
	simulator.seedAccount(CUSTOMER, { vpa: 'asha.rao@upi' }, 'ACTIVE');

	const server = `${url}/mcp/juspay`;
	say(`The tools are at ${server}; calling them with the official MCP client …\n`);
	const assistant = await connectAssistant(server, token);
	try {
		const offered = (await assistant.tools()).map(
			({ name, values, description }) => `Tool ${name}(${values.join(', ')}): ${description}`,
		);
		const said: string[] = [];
		const call = async (tool: string, values: Record<string, unknown>) => {
			const answer = await assistant.call(tool, values);
			said.push(`${tool} ${JSON.stringify(values)}\n  -> ${answer.text}`);
			return answer;
		};
		const vpa = 'asha.second@upi';
		const register = { customer_id: CUSTOMER, upi_id: vpa };
		const answers = [
			await call('Add_UPI_ID', register),
			await call('Add_UPI_ID', register),
			await call('List_Accounts', { customer_id: CUSTOMER }),
		];
		const ids = simulator.accounts(CUSTOMER).map((account) => account.id);
		const ok =
			answers.every(({ failed }) => !failed) &&
			ids.length === 2 &&
			ids.every((account) => answers[2]?.text.includes(account)) &&
			simulator.counters.duplicatesMade === 0;
		const links = { 'MCP server': `${server} (bearer token ${token})` };
		return { ok, shown: [...offered, '', ...said].join('\n'), workflowId: id, links };
	} finally {
		await assistant.close();
	}
};
