import fc from 'fast-check';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { Juspay } from '../../nodes/Juspay/Juspay.node';
import { fieldPath, parameterReader, valueAt } from '../../nodes/Juspay/node/parameters';
import { JUSPAY_NAME, JUSPAY_TYPE, runWorkflow } from '../engine';
import { anyText } from '../unit/arbitraries';

const SOURCE = 'n8n-nodes-juspay-test.source';

/** A node that gives out what a test wants, as it is: dates, undefined and instances too. */
const sourceOf = (rows: unknown[]): INodeType => ({
	description: {
		displayName: 'Source',
		name: 'source',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Source' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	execute: async () => [rows.map((json) => ({ json: json as IDataObject }))],
});

/** The node's own, with no value required or checked beforehand: n8n doesn't run a workflow with issues. */
const DESCRIPTION = JSON.parse(
	JSON.stringify(new Juspay().description, (key, value: unknown) =>
		['required', 'validation'].includes(key) ? undefined : value,
	),
) as INodeTypeDescription;

/** What reading gave, or what was thrown: all that a user can tell apart. */
interface Told {
	value?: unknown;
	thrown?: unknown;
}

function tell(read: () => unknown): Told {
	try {
		return { value: read() };
	} catch (error) {
		const { name, message, description, context } = error as Error & Record<string, unknown>;
		return { thrown: { name, message, description, context } };
	}
}

const LOCATORS = new Set(['customerAccountId']);

/** Reads each parameter of the Juspay node for each item both ways; also how often the reader asked n8n's engine. */
async function readBothWays(rows: unknown[], parameters: INodeParameters) {
	const read: Array<{ name: string; item: number; engine: Told; reader: Told }> = [];
	let asked = 0;
	const both: INodeType = {
		description: DESCRIPTION,
		async execute(this: IExecuteFunctions) {
			const functions = {
				getInputData: () => this.getInputData(),
				getNode: () => this.getNode(),
				getWorkflowDataProxy: (item: number) => this.getWorkflowDataProxy(item),
				getNodeParameter: (...args: Parameters<IExecuteFunctions['getNodeParameter']>) => {
					asked++;
					return this.getNodeParameter(...args);
				},
			};
			const reader = parameterReader(functions as never);
			for (const name of Object.keys(parameters)) {
				// n8n extracts no value of a locator that the operation doesn't show.
				if (LOCATORS.has(name) && parameters.operation === 'create') continue;
				const options = { extractValue: LOCATORS.has(name) };
				for (const item of this.getInputData().keys()) {
					read.push({
						name,
						item,
						engine: tell(() => this.getNodeParameter(name, item, undefined, options)),
						reader: tell(() => reader(name, item, undefined, options)),
					});
				}
			}
			return [[]];
		},
	};
	const result = await runWorkflow(
		{
			nodes: [
				{ name: 'Source', type: SOURCE },
				{ name: JUSPAY_NAME, type: JUSPAY_TYPE, parameters },
			],
			connections: [['Source', JUSPAY_NAME]],
		},
		{ [SOURCE]: sourceOf(rows), [JUSPAY_TYPE]: both },
	);
	if (result.error) throw result.error;
	return { read, asked };
}

const NAMES = [
	'a',
	'b',
	'name',
	'Account No',
	"holder's",
	'x.y',
	'0',
	'list',
	'constructor',
	'length',
];
const STRANGE = ['__proto__', 'toString', 'caller', 'valueOf', 'prototype', 'isEmpty', 'first'];

const plain = fc.oneof(
	anyText(),
	fc.constantFrom('', '={{ $json.a }}', '{{ 1 }}', '026291800001191'),
	fc.integer(),
	fc.double(),
	fc.boolean(),
	fc.constant(null),
);

class Instance {
	a = 'own';
	get b() {
		return 'inherited';
	}
}

/** What an item may contain, and some of what it should not. */
const { row } = fc.letrec<{ value: unknown; row: IDataObject }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3 },
		plain,
		fc.constantFrom(undefined, new Date(0), new Instance(), () => 1, 10n, [], {}),
		fc.array(tie('value'), { maxLength: 3 }),
		tie('row'),
	),
	row: fc.dictionary(fc.constantFrom(...NAMES, ...STRANGE.slice(1)), tie('value'), {
		maxKeys: 6,
	}) as fc.Arbitrary<IDataObject>,
}));

const blank = fc.constantFrom('', ' ', '  ', '\n', '\t');
const step = fc.oneof(
	fc.constantFrom(...NAMES, ...STRANGE).map((name) => (/^\w+$/.test(name) ? `.${name}` : '.a')),
	fc.constantFrom(...NAMES, ...STRANGE, 'not there').map((name) => `[${JSON.stringify(name)}]`),
	fc.constantFrom('a', 'Account No', 'x.y', 'constructor').map((name) => `['${name}']`),
	fc.constantFrom('[0]', '[1]', '[00]', '[-1]', '[0.5]', '[ 0 ]', '?.a', '.a()', '["a', '{}'),
);

/** Expressions that only read a field, and some that come close. */
const expression = fc.oneof(
	{
		weight: 8,
		arbitrary: fc
			.tuple(blank, fc.array(step, { minLength: 1, maxLength: 3 }), blank)
			.map(([before, steps, after]) => `={{${before}$json${steps.join('')}${after}}}`),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			'={{ $json }}',
			'=x {{ $json.a }}',
			// Not with blanks beside it: the node reads what n8n would make text of. See the tests of kinds.
			'={{ $json.a }}{{ $json.b }}',
			'={{ $json.a + 1 }}',
			'={{ $input.item.json.a }}',
			'={{ $itemIndex }}',
			'={{ $parameter.customerId }}',
			'={{ missing.a }}',
			'={{ $json["a"].toUpperCase() }}',
			'=',
			'={{ }}',
			'={{ new Date(0) }}',
		),
	},
);
const saved = fc.oneof(
	{ weight: 4, arbitrary: expression },
	{ weight: 1, arbitrary: fc.constantFrom('', 'fixed', '$json.a', '{{ $json.a }}') },
);

/** Every kind of parameter of the node, with expressions anywhere. */
const parameters = fc.record({
	operation: fc.constantFrom('create', 'get'),
	accountSource: fc.constantFrom('fields', 'input', 'json'),
	customerId: saved,
	customerAccountId: fc.oneof(
		saved,
		fc.record({ __rl: fc.constant(true), mode: fc.constantFrom('id', 'list'), value: saved }),
	),
	accountsJson: saved,
	accounts: fc.record({
		bankAccount: fc.array(fc.record({ accountNumber: saved, ifsc: saved }), { maxLength: 2 }),
		upi: fc.array(fc.record({ vpa: saved }), { maxLength: 2 }),
	}),
	columns: fc.record({
		mappingMode: fc.constantFrom('defineBelow', 'autoMapInputData'),
		value: fc.oneof(
			fc.constant(null),
			fc.record({ customerId: saved, vpa: saved, 'Account No': saved }, { requiredKeys: [] }),
		),
		matchingColumns: fc.constant([]),
		schema: fc.constant([{ id: 'vpa', displayName: 'UPI ID', type: 'string' }]),
	}),
	validateOnCreate: fc.oneof(saved, fc.boolean()),
	limit: fc.oneof(saved, fc.integer()),
	filters: fc.record({ validationStatus: fc.oneof(saved, fc.constant(['ACTIVE'])) }),
	options: fc.record({
		routingId: saved,
		timeout: fc.oneof(saved, fc.integer()),
		bodyFields: fc.record({
			field: fc.array(fc.record({ name: saved, value: saved }), { maxLength: 2 }),
		}),
	}),
});

describe('reading parameters without the expression engine', () => {
	it('gives what the engine gives, for every item and every kind of parameter', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(row, { minLength: 1, maxLength: 3 }),
				parameters,
				async (rows, given) => {
					const { read } = await readBothWays(rows, given as unknown as INodeParameters);
					expect(read).not.toEqual([]);
					for (const { engine, reader } of read) expect(reader).toEqual(engine);
				},
			),
			{ numRuns: 80 },
		);
	});

	it.each([
		['={{ $json.a }}', ['a']],
		['={{$json.a}}', ['a']],
		['={{ $json["Account No"] }}', ['Account No']],
		["={{ $json['Account No'] }}", ['Account No']],
		['={{ $json.a.b }}', ['a', 'b']],
		['={{ $json.list[0] }}', ['list', '0']],
		['={{ $json["a.b"][12].c }}', ['a.b', '12', 'c']],
	])('does so for %s', async (text, path) => {
		expect(fieldPath(text)).toEqual(path);
		const row = { a: { b: 'b' }, 'Account No': 'c', list: ['d'] };
		const { asked, read } = await readBothWays([row], { customerId: text });
		// Where it gives no plain value, the engine is asked; every other time it is not.
		const isThere = typeof valueAt(row, path) === 'string';
		expect(asked).toBe(isThere ? 0 : 1);
		expect(read[0]?.reader).toEqual(read[0]?.engine);
	});

	it.each([
		'$json.a',
		'={{ $json }}',
		'={{ $json.a }} ',
		'=No. {{ $json.a }}',
		'={{ $json.a.trim() }}',
		'={{ $json["a\\"b"] }}',
		'={{ $json.constructor }}',
		'={{ $json["__proto__"] }}',
		'={{ $json.a?.b }}',
		"={{ $('Start').item.json.a }}",
		'={{ $json[01] }}',
	])('leaves %s to the engine', (text) => {
		expect(fieldPath(text)).toBeUndefined();
	});

	it('asks the engine only for the part of a parameter that needs it', async () => {
		const rows = [
			{ a: '1', b: ' 2 ' },
			{ a: '3', b: '4' },
		];
		const { asked } = await readBothWays(rows, {
			accounts: {
				bankAccount: [{ accountNumber: '={{ $json.a }}', ifsc: '={{ $json.b.trim() }}' }],
			},
		});
		expect(asked).toBe(rows.length);
	});
});
