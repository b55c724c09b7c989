/** What a mistake of the engine could hide from every other test: a wrong pairing, and a memory that n8n would have dropped. */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { JUSPAY_TRIGGER_TYPE, JUSPAY_TYPE, pollTrigger, registerNodes, runJuspay } from '../engine';

const described = (name: string, properties: INodeTypeDescription['properties']) => ({
	displayName: name,
	name,
	group: ['transform' as const],
	version: 1,
	description: 'A stand-in',
	defaults: { name },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	properties,
});

/** Which item of the input an item says that it was made of. */
const PAIRINGS: Record<string, (item: number, count: number) => INodeExecutionData['pairedItem']> =
	{
		own: (item) => ({ item }),
		last: (_, count) => ({ item: count - 1 }),
		missing: () => ({ item: 99 }),
	};

class StubNode implements INodeType {
	description = described('juspay', [
		{ displayName: 'Pairs', name: 'pairs', type: 'string', default: 'own' },
	]);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const pair = PAIRINGS[this.getNodeParameter('pairs', 0) as string];
		// An item more: with it, n8n pairs nothing of its own accord.
		const unpaired = pair ? [] : [{ json: {} }];
		const made = items.map(({ json }, item) => ({ json, pairedItem: pair?.(item, items.length) }));
		return [[...made, ...unpaired]];
	}
}

class StubTrigger implements INodeType {
	description = described('juspayTrigger', [
		{ displayName: 'Fails', name: 'fails', type: 'boolean', default: false },
	]);

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const memory = this.getWorkflowStaticData('node');
		memory.polls = Number(memory.polls ?? 0) + 1;
		if (this.getNodeParameter('fails')) throw new RangeError('Out of order');
		return memory.polls === 3 ? [[{ json: { polls: memory.polls } }]] : null;
	}
}

beforeAll(() => registerNodes({ [JUSPAY_TYPE]: StubNode, [JUSPAY_TRIGGER_TYPE]: StubTrigger }));

describe('paired items are resolved as n8n does', () => {
	const run = async (pairs: string) =>
		await runJuspay({
			parameters: { pairs },
			items: [{ x: 'a' }, { x: 'b' }],
			downstream: "={{ $('Start').item.json.x }}",
		});

	it.each([
		['own', [0, 1], ['a', 'b']],
		['last', [1, 1], ['b', 'b']],
	])('%s: %j', async (pairs, paired, downstream) => {
		const result = await run(pairs);
		expect(result.pairedWith()).toEqual(paired);
		expect(result.downstream()).toEqual(downstream);
	});

	it.each(['none', 'missing'])('%s: an error for each', async (pairs) => {
		for (const paired of (await run(pairs)).pairedWith())
			expect(paired).toEqual(expect.any(String));
	});
});

describe("a poll's memory is saved as n8n saves it", () => {
	it.each<[string, IDataObject, Parameters<typeof pollTrigger>[0], IDataObject]>([
		['at activation, also without items', {}, {}, { polls: 1 }],
		['not where a poll reports nothing', { polls: 1 }, {}, { polls: 1 }],
		['unless n8n has cursors', { polls: 1 }, { hasCursors: true }, { polls: 2 }],
		['where it reports items', { polls: 2 }, {}, { polls: 3 }],
		['not by the test button', { polls: 2 }, { mode: 'manual' }, { polls: 2 }],
	])('%s', async (_, staticData, options, saved) => {
		expect(await pollTrigger({ ...options, staticData })).toMatchObject({ errors: [] });
		expect(staticData).toEqual(saved);
	});

	it('not where it fails', async () => {
		const staticData = { polls: 7 };
		const poll = pollTrigger({ staticData, parameters: { fails: true } });
		await expect(poll).rejects.toThrow('Out of order');
		expect(staticData).toEqual({ polls: 7 });
	});
});
