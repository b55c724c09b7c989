import type { IAllExecuteFunctions } from 'n8n-workflow';
import { openSession } from '../../nodes/Juspay/once';
import { Process, processFor, sessionOf } from '../../nodes/Juspay/once/session';
import { SmallJuspay } from './smallJuspay';

const OPTIONS = { concurrency: 5, timeout: 30, maxRetries: 2 };

interface Setup {
	type?: string;
	id?: string;
	runIndex?: unknown;
	executionId?: string;
	host?: string;
	/** The table of hashes in n8n's database. */
	table?: Set<string>;
}

/** n8n's functions of a node that runs, as far as a session asks for them. */
function functionsOf({
	type = 'n8n-nodes-juspay.juspay',
	id = 'node',
	runIndex = 0,
	executionId = 'session.test 1',
	host = 'a.example',
	table = new Set(),
}: Setup): IAllExecuteFunctions {
	return {
		getNode: () => ({ id, type }),
		getExecutionId: () => executionId,
		getCredentials: async () => ({
			apiKey: 'key',
			environment: 'custom',
			baseUrl: `https://${host}`,
		}),
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
		helpers: {
			checkProcessedAndRecord: async (items: string[]) => {
				const processed = items.filter((item) => table.has(item));
				for (const item of items) table.add(item);
				return { new: [], processed };
			},
		},
	} as unknown as IAllExecuteFunctions;
}

const open = async (setup: Setup) => await openSession(functionsOf(setup), OPTIONS);

describe('a session', () => {
	it('shares with the others of its process what is about one host', async () => {
		const [one, same, other] = [await open({}), await open({}), await open({ host: 'b.example' })];
		expect(same.memory).toBe(one.memory);
		expect(same.turns).toBe(one.turns);
		expect(same.execution).toBe(one.execution);
		expect(one.memory).toBe(processFor('a.example').memory);
		expect(other.memory).not.toBe(one.memory);
	});

	it.each<[string, Setup, Setup, boolean]>([
		['the same run of the node', {}, {}, true],
		["a loop's next run", {}, { runIndex: 1 }, false],
		['another node', {}, { id: 'another' }, false],
		['another host', {}, { host: 'b.example' }, false],
		[
			'a tool, which an agent may call many times',
			{ type: 'x.juspayTool' },
			{ type: 'x.juspayTool' },
			false,
		],
		['an execution of which n8n gives no ID', { executionId: '' }, { executionId: '' }, false],
		['a run of which n8n gives no number', { runIndex: null }, { runIndex: null }, false],
	])(
		'knows whether a lost worker has begun its step before: %s',
		async (_, first, second, isRerun) => {
			const table = new Set<string>();
			expect(await (await open({ ...first, table })).isRerun()).toBe(false);
			const again = await open({ ...second, table });
			// Also when it is asked twice.
			expect([await again.isRerun(), await again.isRerun()]).toEqual([isRerun, isRerun]);
		},
	);

	it("tells the user once where n8n's record of what was sent can't be used", async () => {
		const functions = functionsOf({});
		const checkProcessedAndRecord = async () => await Promise.reject(new Error('down'));
		Object.assign(functions.helpers, { checkProcessedAndRecord });
		const notes: string[] = [];
		const session = await openSession(functions, OPTIONS, undefined, (it) => notes.push(it));
		expect(await session.isRerun()).toBe(false);
		expect(notes).toHaveLength(1);
	});

	it('opens where nothing runs, e.g. for a list in the editor', async () => {
		const { getNode, getCredentials } = functionsOf({});
		const session = await openSession({ getNode, getCredentials } as IAllExecuteFunctions, OPTIONS);
		expect(await session.isRerun()).toBe(false);
	});

	it.each<[string, Setup, Setup, number]>([
		["n8n's retry of its step", {}, {}, 1],
		["a loop's next run", {}, { runIndex: 1 }, 0],
		['another node', {}, { id: 'another' }, 0],
		['a run of which n8n gives no number', { runIndex: null }, { runIndex: null }, 0],
	])('counts the penny drops of %s with its own: %j, %j', async (_, first, second, started) => {
		const executionId = `pennies ${_}`;
		const session = await open({ ...first, executionId });
		session.allowPennies(2);
		expect(session.pennies).toEqual({ most: 2, started: 0 });
		Object.assign(session.pennies ?? {}, { started: 1 });
		const again = await open({ ...second, executionId });
		again.allowPennies(3);
		expect(again.pennies).toEqual({ most: 3, started });
	});

	it('knows the penny drops of the newest 100 runs of an execution', async () => {
		for (let runIndex = 0; runIndex < 150; runIndex++) {
			(await open({ executionId: 'pennies', runIndex })).allowPennies(1);
		}
		const { execution } = await open({ executionId: 'pennies' });
		expect(execution.pennies.size).toBe(100);
	});

	it('knows the newest 1,000 executions of its process, those without an ID not at all', () => {
		const process = new Process();
		const { client } = new SmallJuspay().session();
		const executionOf = (executionId: string) =>
			sessionOf(client, process, { executionId }).execution;
		const first = executionOf('0');
		for (let index = 1; index < 1000; index++) executionOf(`${index}`);
		expect(executionOf('0')).toBe(first);
		expect(executionOf('')).not.toBe(executionOf(''));
		executionOf('1000');
		expect(executionOf('0')).not.toBe(first);
	});
});
