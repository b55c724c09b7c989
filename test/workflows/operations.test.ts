import type { IDataObject, INode, INodeParameters, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { Juspay } from '../../nodes/Juspay/Juspay.node';
import type { Chosen } from '../../nodes/Juspay/node/operations';
import {
	ALL,
	RESOURCES,
	operationOf,
	outputFieldsOf,
	outputsOf,
} from '../../nodes/Juspay/node/operations';
import { OPTIONS, OPTIONS_OF_ALL } from '../../nodes/Juspay/node/options';
import { JUSPAY_TYPE } from '../engine';
import { buildWorkflow } from '../engine/workflow';

const { description } = new Juspay();

const table = ALL.map((it): [string, Chosen] => [
	`${it.resource.label}: ${it.operation.label}`,
	it,
]);

const parametersOf = ({ resource, operation }: Chosen, more: INodeParameters = {}) => ({
	resource: resource.value,
	operation: operation.value,
	...more,
});

/** The parameters of a new node, with the defaults of the editor. */
const formOf = (chosen: Chosen, more: INodeParameters = {}) =>
	NodeHelpers.getNodeParameters(
		description.properties,
		parametersOf(chosen, more),
		true,
		false,
		null,
		description,
	) ?? {};

/** The fields that the editor shows. */
function shownIn(
	fields: INodeProperties[],
	form: INodeParameters,
	whole: INodeParameters,
): INodeProperties[] {
	return fields.filter((field) =>
		NodeHelpers.displayParameter(form, field, { typeVersion: 1 }, description, whole),
	);
}

const shownFor = (chosen: Chosen, more?: INodeParameters) => {
	const form = formOf(chosen, more);
	return shownIn(description.properties, form, form);
};

async function subtitleOf(parameters: INodeParameters): Promise<unknown> {
	const node = { name: 'Juspay', type: JUSPAY_TYPE, parameters };
	const workflow = await buildWorkflow({ nodes: [node] });
	const { expression } = workflow;
	const built = workflow.getNode('Juspay') as INode;
	return expression.getSimpleParameterValue(
		built,
		description.subtitle,
		'internal',
		{},
		undefined,
		'',
	);
}

describe('the table of operations', () => {
	it('has each operation once', () => {
		const keys = ALL.map((it) => JSON.stringify(parametersOf(it)));
		expect(new Set(keys).size).toBe(keys.length);
		expect(new Set(ALL.map(({ operation }) => operation.action)).size).toBe(keys.length);
	});

	it('finds an operation, and nothing else', () => {
		for (const it of ALL) {
			expect(operationOf(it.resource.value, it.operation.value)?.operation).toBe(it.operation);
		}
		expect(operationOf('customer', 'validate')).toBeUndefined();
		expect(operationOf('constructor', 'create')).toBeUndefined();
		expect(operationOf('customer', undefined)).toBeUndefined();
	});

	it('names every resource and every operation in the editor', () => {
		const choices = (name: string) =>
			description.properties.filter((it) => it.name === name).flatMap((it) => it.options ?? []);
		expect(choices('resource').map(({ name }) => name)).toEqual(RESOURCES.map((it) => it.label));
		expect(choices('operation').map(({ name }) => name)).toEqual(
			ALL.map(({ operation }) => operation.label),
		);
	});

	it('offers each option for some operation', () => {
		const read = new Set<string>([...OPTIONS_OF_ALL, ...ALL.flatMap((it) => it.operation.options)]);
		expect([...read].sort()).toEqual(Object.keys(OPTIONS).sort());
	});
});

describe.each(table)('%s', (_, chosen) => {
	const { resource, operation } = chosen;
	const fields = [...operation.fields, ...(operation.returns?.fields ?? [])];

	it('has a subtitle of its own', async () => {
		expect(await subtitleOf(parametersOf(chosen))).toBe(`${operation.label}: ${resource.label}`);
	});

	it.each([
		[true, ' (Dry Run)'],
		['true', ' (Dry Run)'],
		[false, ''],
		['={{ true }}', ''],
		['={{ $json.dry }}', ''],
	])('says that it is a dry run only where that is certain: %j', async (dryRun, words) => {
		const isDry = operation.options.includes('dryRun') ? words : '';
		expect(await subtitleOf(parametersOf(chosen, { options: { dryRun } }))).toBe(
			`${operation.label}: ${resource.label}${isDry}`,
		);
	});

	it('has one output, or those of its statuses', () => {
		const names = operation.returns?.branches?.names;
		const labels = (outputMode: string) =>
			outputsOf(parametersOf(chosen, { outputMode })).map((it) => it.displayName);
		expect(labels('single')).toEqual([undefined]);
		expect(labels('byStatus')).toEqual(names ?? [undefined]);
		const choosesOutputs = fields.some(({ name }) => name === 'outputMode');
		expect(choosesOutputs).toBe(names !== undefined);
	});

	it('sorts every status into one of its outputs', () => {
		const { branches } = operation.returns ?? {};
		for (const status of ['', 'ACTIVE', 'VALID', 'INVALID', 'NEVER_HEARD_OF']) {
			expect(branches?.names[branches.of(status)] ?? '').not.toBe(branches ? '' : undefined);
		}
	});

	it('shows its own fields in their order, and no other', () => {
		const always = ['resource', 'operation', 'options'];
		// Those with a further condition may be hidden.
		const shown = shownFor(chosen).filter(({ name }) => !always.includes(name));
		const known = fields.filter(({ name }) => shown.some((it) => it.name === name));
		expect(shown.map(({ name }) => name)).toEqual(
			known.filter((it) => isShown(it, formOf(chosen))).map(({ name }) => name),
		);
		expect(shown.length).toBeGreaterThan(0);
		for (const field of fields.filter(({ displayOptions }) => !displayOptions)) {
			expect(shown.map(({ name }) => name)).toContain(field.name);
		}
	});

	it('shows exactly the options that it reads', () => {
		const [options] = shownFor(chosen).filter(({ name }) => name === 'options');
		const all = (options?.options ?? []) as INodeProperties[];
		const shown = shownIn(all, {}, formOf(chosen)).map(({ name }) => name);
		expect(shown.sort()).toEqual([...OPTIONS_OF_ALL, ...operation.options].sort());
	});

	it('keeps every name of its own items from the input', () => {
		const reserved = outputFieldsOf(resource);
		for (const name of ['error', 'errorCode', 'row', ...resource.itemFields]) {
			expect(reserved).toContain(name);
		}
	});
});

/** Whether the further conditions of a field are met. */
function isShown(field: INodeProperties, form: IDataObject): boolean {
	const values = form as INodeParameters;
	return NodeHelpers.displayParameter(values, field, { typeVersion: 1 }, description, values);
}
