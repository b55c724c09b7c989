/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- the test of dead parameters reads the sources */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { JUSPAY_TRIGGER_TYPE, JUSPAY_TYPE, nodeDescription } from '../engine';

let juspay: INodeTypeDescription;
let trigger: INodeTypeDescription;
beforeAll(async () => {
	juspay = await nodeDescription();
	trigger = await nodeDescription(JUSPAY_TRIGGER_TYPE);
});

const node = (parameters: INodeParameters): INode => ({
	id: '1',
	name: 'Juspay',
	type: JUSPAY_TYPE,
	typeVersion: 1,
	position: [0, 0],
	parameters,
});

/** The form as it stands in the editor: what was chosen, and defaults. */
const form = (chosen: INodeParameters): INodeParameters =>
	NodeHelpers.getNodeParameters(
		juspay.properties,
		chosen,
		true,
		false,
		node(chosen),
		juspay,
	) as INodeParameters;

const shown = (among: INodeProperties[], values: INodeParameters, root = values) =>
	among.filter((property) =>
		NodeHelpers.displayParameter(values, property, node(root), juspay, root),
	);

/** Names of the fields that the editor shows, in its order. */
const fieldsOf = (chosen: INodeParameters) =>
	shown(juspay.properties, form(chosen)).map(({ name }) => name);

const account = (operation: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'customerAccount',
	operation,
	...more,
});
const customer = (operation: string): INodeParameters => ({ resource: 'customer', operation });

/** A property of a description, and where it stands. */
interface Placed {
	path: string;
	property: INodeProperties;
}

/** Every property, those in collections included. */
function allOf(properties: INodeProperties[], path = ''): Placed[] {
	return properties.flatMap((property) => {
		const here = `${path}${property.name}`;
		const placed = { path: here, property };
		const nested = (property.options ?? []).flatMap((option) => {
			if ('values' in option) return allOf(option.values, `${here}.${option.name}.`);
			return property.type === 'collection' ? allOf([option as INodeProperties], `${here}.`) : [];
		});
		return [placed, ...nested];
	});
}

const everywhere = () => [...allOf(juspay.properties), ...allOf(trigger.properties, 'trigger.')];

describe('what the editor shows', () => {
	const WHICH = 'validateOnCreate onExisting';
	const OUT = 'simplify outputMode outputModeNotice';
	const OF_ONE = 'customerId customerAccountId';
	const byHand = { columns: { mappingMode: 'defineBelow', value: null } as never };

	it.each<[string, INodeParameters, string]>([
		['fields', {}, `customerId accounts ${WHICH}`],
		['columns', { accountSource: 'input' }, `columns columnsNotice ${WHICH}`],
		['columns by hand', { accountSource: 'input', ...byHand }, `columns ${WHICH}`],
		['JSON', { accountSource: 'json' }, `customerId accountsJson ${WHICH}`],
		[
			'validation',
			{ validateOnCreate: true },
			'customerId accounts validateOnCreate validationNotice onExisting',
		],
	])('for Create with %s is what applies to it', (_, chosen, fields) => {
		expect(fieldsOf(account('create', chosen)).join(' ')).toBe(
			`resource operation accountSource ${fields} ${OUT} options`,
		);
	});

	it.each([
		[account('get'), `${OF_ONE} ${OUT}`],
		[account('getAll'), `customerId returnAll limit filters ${OUT}`],
		[account('getAll', { returnAll: true }), `customerId returnAll filters ${OUT}`],
		[account('validate'), `${OF_ONE} validateNotice ${OUT}`],
		[account('delete'), OF_ONE],
		[customer('create'), 'objectReferenceId customerDetails onExisting simplify'],
		[customer('get'), 'customerId simplify'],
		[customer('update'), 'customerId customerDetails simplify'],
	])('for %j is what applies to it', (chosen, fields) => {
		expect(fieldsOf(chosen).join(' ')).toBe(`resource operation ${fields} options`);
	});

	it.each([
		[
			account('create'),
			'accountsPerRequest bodyFields dryRun gatewayId gatewayReferenceId maxValidations validateInDoubt validationAmount waitForValidation',
		],
		[
			account('validate'),
			'bodyFields dryRun gatewayId maxValidations validateInDoubt validationAmount waitForValidation',
		],
		[account('get'), 'waitForValidation'],
		[account('getAll'), ''],
		[account('delete'), ''],
		[customer('create'), 'dryRun'],
		[customer('get'), ''],
		[customer('update'), ''],
	])('under Options for %j is what applies to it, in the order of the alphabet', (chosen, own) => {
		const values = form(chosen);
		const [options] = shown(juspay.properties, values).filter(({ name }) => name === 'options');
		const offered = shown((options?.options ?? []) as INodeProperties[], {}, values);
		const ofAll = 'concurrency keepFields maxRetries routingId timeout';
		expect(offered.map(({ name }) => name)).toEqual(`${ofAll} ${own}`.trim().split(' ').sort());
	});
});

describe('resources and operations', () => {
	const choicesOf = (name: string, resource?: string) =>
		juspay.properties
			.filter(
				(property) =>
					property.name === name &&
					(resource === undefined || property.displayOptions?.show?.resource?.includes(resource)),
			)
			.flatMap(({ options }) => options ?? []) as Array<{
			name: string;
			value: string;
			action?: string;
			description?: string;
		}>;

	it('have the names under which workflows are saved', () => {
		const values = (name: string, resource?: string) =>
			choicesOf(name, resource)
				.map(({ value }) => value)
				.join(' ');
		expect(values('resource')).toBe('customer customerAccount upiId');
		expect(values('operation', 'upiId')).toBe('verify');
		expect(values('operation', 'customerAccount')).toBe('create delete get getAll validate');
		expect(values('operation', 'customer')).toBe('create upsert get update');
	});

	it('start with creating customer accounts', () => {
		expect(form({})).toMatchObject({ resource: 'customerAccount', operation: 'create' });
	});
});

describe('where money moves', () => {
	const noticesOf = (chosen: INodeParameters) =>
		shown(juspay.properties, form(chosen))
			.filter(({ type, name }) => type === 'notice' && name !== 'outputModeNotice')
			.map(({ displayName }) => displayName);

	it.each([account('validate'), account('create', { validateOnCreate: true })])(
		'the editor says so: %j',
		(chosen) => {
			expect(noticesOf(chosen)).toEqual([expect.stringMatching(/^Validation moves money/)]);
		},
	);

	it.each([
		['reuse', /never validated/],
		['create', /every run creates every account again/],
	])('it says so too where an expression decides, for %s', (onExisting, said) => {
		const chosen = { onExisting, validateOnCreate: '={{ $json.validate }}' };
		expect(noticesOf(account('create', chosen))).toEqual([
			expect.stringMatching(/^Validation moves money/),
		]);
		expect(noticesOf(account('create', chosen))[0]).toMatch(said);
	});

	it('it says what a run costs that creates each account again', () => {
		const chosen = { validateOnCreate: true, onExisting: 'create' };
		expect(noticesOf(account('create', chosen))).toEqual([
			expect.stringMatching(/^Validation moves money: with Create Another, every run/),
		]);
	});

	it.each([
		account('create'),
		account('get'),
		account('getAll'),
		account('delete'),
		customer('create'),
	])('and nowhere else: %j', (chosen) => expect(noticesOf(chosen)).toEqual([]));
});

describe('notices and hints', () => {
	const at = (operation: string) => shown(juspay.properties, form(account(operation)));

	it.each(['create', 'get', 'getAll', 'validate'])(
		'about wires and account numbers stand where accounts come out: %s',
		(operation) => {
			const fields = at(operation);
			expect(fields[fields.findIndex(({ name }) => name === 'outputMode') + 1]).toMatchObject({
				type: 'notice',
				displayName: 'Changing this moves existing wires: check each one',
			});
			expect(fields.flatMap(({ name, hint }) => (hint ? [[name, hint]] : []))).toEqual([
				['simplify', expect.stringContaining('full account numbers')],
			]);
		},
	);

	it('are nowhere else', () => {
		for (const chosen of [account('delete'), ...['create', 'get', 'update'].map(customer)]) {
			const fields = shown(juspay.properties, form(chosen));
			expect(fields.filter(({ name, hint }) => hint ?? name === 'outputModeNotice')).toEqual([]);
		}
	});

	it('say where errors leave', () => {
		const mode = juspay.properties.find(({ name }) => name === 'outputMode');
		const [, byStatus] = mode?.options as Array<{ description?: string }>;
		expect(byStatus?.description).toContain('With On Error = Continue, errors leave by Failure.');
	});
});

describe('every field', () => {
	it('has a description, or is a notice', () => {
		const lacking = everywhere().filter(
			({ property: { name, type, description } }) =>
				type !== 'notice' && !['resource', 'operation'].includes(name) && !description,
		);
		// A collection explains itself by what it holds, and Trigger On by its options, as n8n's design page has it.
		const unexplained = lacking.filter(({ property: { type } }) => type !== 'collection');
		expect(unexplained.map(({ path }) => path)).toEqual(['trigger.events']);
	});

	it('has an example that says that it is one', () => {
		const texts = everywhere().filter(({ property: { type, placeholder } }) => {
			return ['string', 'json', 'number'].includes(type) && placeholder !== undefined;
		});
		expect(texts.length).toBeGreaterThan(15);
		for (const { path, property } of texts) {
			expect([path, property.placeholder]).toEqual([path, expect.stringMatching(/^e\.g\. \S/)]);
		}
	});

	it('that must be filled in has an example', () => {
		const required = everywhere().filter(
			({ property: { required, type } }) => required && ['string', 'json'].includes(type),
		);
		expect(required.length).toBeGreaterThan(4);
		for (const { path, property } of required) {
			expect([path, property.placeholder]).toEqual([path, expect.any(String)]);
		}
	});

	it('has a title as n8n writes them', () => {
		for (const { path, property } of everywhere()) {
			if (property.type === 'notice') continue;
			const words = property.displayName.split(/[ (]/);
			expect([path, words.filter((word) => /^[a-z]/.test(word) && word.length > 3)]).toEqual([
				path,
				[],
			]);
		}
	});

	it('shows no account number or phone number but those of the examples', () => {
		const texts = JSON.stringify([juspay, trigger]);
		expect(texts).not.toMatch(/\b\d{9,18}\b(?<!026291800001191|9164326296|9876543210)/);
	});

	it('that takes a number says within which bounds', () => {
		for (const { path, property } of everywhere()) {
			if (property.type !== 'number') continue;
			expect([path, property.typeOptions?.minValue]).toEqual([path, expect.any(Number)]);
		}
	});

	it('that is a duration says in which unit', () => {
		for (const { path, property } of everywhere()) {
			if (!/timeout|^waitForValidation$/i.test(property.name)) continue;
			expect([path, property.displayName]).toEqual([path, expect.stringMatching(/\(Seconds\)$/)]);
		}
	});

	it('is read by the code: none is dead', () => {
		const source = (function read(folder: string): string {
			return readdirSync(folder, { withFileTypes: true })
				.map((entry) => {
					const path = join(folder, entry.name);
					if (entry.isDirectory()) return read(path);
					return entry.name.endsWith('.ts') ? readFileSync(path, 'utf8') : '';
				})
				.join('\n');
		})(join(__dirname, '../../nodes/Juspay'));
		// Neither where a field is described nor in a comment or a text is it read.
		const code = source
			.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
			.replace(
				/\b(name|displayName|description|placeholder|value|hint|action):\s*(['"`]).*?\2/g,
				'',
			)
			.replace(/\bcolumn\([\s\S]*?\)/g, '')
			.replace(/\b(show|displayOptions|typeOptions): .*/g, '');
		const names = everywhere()
			.filter(({ property: { type } }) => type !== 'notice')
			.map(({ property: { name } }) => name);
		const readsOf = (name: string) => code.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
		expect(names.filter((name) => readsOf(name) === 0)).toEqual([]);
		expect(readsOf('noSuchParameter')).toBe(0);
	});
});

describe('before a run', () => {
	/** What the editor marks red. */
	const issuesOf = (chosen: INodeParameters) =>
		Object.keys(
			NodeHelpers.getNodeParametersIssues(juspay.properties, node(form(chosen)), juspay)
				?.parameters ?? {},
		);

	it.each([
		[account('create'), ['customerId']],
		[account('create', { accountSource: 'input' }), []],
		[account('get'), ['customerId', 'customerAccountId']],
		[account('getAll'), ['customerId']],
		[account('validate'), ['customerId', 'customerAccountId']],
		[account('delete'), ['customerId', 'customerAccountId']],
		[customer('create'), ['objectReferenceId']],
		[customer('get'), ['customerId']],
		[customer('update'), ['customerId']],
	])('the editor marks what is missing: %j', (chosen, missing) => {
		expect(issuesOf(chosen)).toEqual(missing);
	});

	it('it marks what is missing of an account', () => {
		const accounts = { bankAccount: [{ accountNumber: '', ifsc: '' }], upi: [{ vpa: '' }] };
		const issues = issuesOf(account('create', { customerId: 'c', accounts }));
		expect(issues.length).toBeGreaterThan(0);
	});
});

describe('what applies no more', () => {
	it('is forgotten when the operation changes: a stale option can not act', () => {
		const stale = form(
			account('getAll', {
				customerId: 'c',
				accountSource: 'input',
				validateOnCreate: true,
				options: { waitForValidation: 60, bodyFields: { field: [] }, timeout: 5 },
			}),
		);
		expect(stale).not.toHaveProperty('accountSource');
		expect(stale).not.toHaveProperty('validateOnCreate');
		expect(stale.options).toEqual({ timeout: 5 });
	});
});

describe('the nodes', () => {
	it('have the names under which workflows are saved', () => {
		expect([juspay.name, trigger.name]).toEqual([JUSPAY_TYPE, JUSPAY_TRIGGER_TYPE]);
		expect([juspay.displayName, trigger.displayName]).toEqual(['Juspay', 'Juspay Trigger']);
		expect([juspay.defaults.name, trigger.defaults.name]).toEqual(['Juspay', 'Juspay Trigger']);
	});

	it('ask for the Juspay API credential and can be used as tools, the trigger excepted', () => {
		for (const { credentials } of [juspay, trigger]) {
			expect(credentials).toEqual([expect.objectContaining({ name: 'juspayApi', required: true })]);
		}
		expect([juspay.usableAsTool, trigger.usableAsTool]).toEqual([true, undefined]);
	});
});
