/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- tests run on a developer's machine, never inside n8n */
/** What can be said of the workflows in examples/ without an n8n; examples.e2e.ts executes them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { INode } from 'n8n-workflow';
import { exampleFile, EXAMPLES, readExample } from '../../dev/demo/examples';
import { ALERT_URL, withoutDryRun } from '../../dev/demo/import';
import { boxes, isNote, labels, notes, overlap, pluses } from './canvas';

const PROJECT = resolve(__dirname, '../..');

it('can all be run by npm start', () => {
	const files = readdirSync(resolve(PROJECT, 'examples')).filter((file) => file.endsWith('.json'));
	expect(files.sort()).toEqual(EXAMPLES.map(({ name }) => `${name}.json`).sort());
});

describe.each(EXAMPLES.map(({ name }) => name))('%s', (name) => {
	it('explains itself in notes, and names its nodes once each', async () => {
		const { nodes } = await readExample({ name });
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(notes.length).toBeGreaterThanOrEqual(2);
		expect(notes.some(({ parameters }) => /To use it/.test(String(parameters.content)))).toBe(true);
		for (const field of ['name', 'id'] as const) {
			expect(new Set(nodes.map((node) => node[field])).size).toBe(nodes.length);
		}
	});

	it('connects nodes that are there, and leaves none out', async () => {
		const { nodes, connections } = await readExample({ name });
		const links = Object.entries(connections).flatMap(([from, byType]) =>
			Object.values(byType).flatMap((outputs) =>
				outputs.flatMap((targets) => (targets ?? []).map(({ node }) => [from, node])),
			),
		);
		const named = nodes
			.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
			.map((node) => node.name);
		expect([...new Set(links.flat())].sort()).toEqual(named.sort());
	});

	it('has notes, nodes, labels and "+" beside each other', async () => {
		const workflow = await readExample({ name });
		const areas = [
			...notes(workflow),
			...boxes(workflow),
			...labels(workflow),
			...pluses(workflow),
		];
		const pairs = areas.flatMap((one, index) =>
			areas
				.slice(index + 1)
				.filter((other) => overlap(one, other) && one.name !== other.name)
				.map((other) => `${one.name} and ${other.name}`),
		);
		expect(pairs).toEqual([]);
	});

	it('starts safe: Dry Run is on in each node that creates or validates, and a note says Sandbox', async () => {
		const workflow = await readExample({ name });
		const moving = workflow.nodes.filter(movesMoney);
		expect(moving.map((node) => [node.name, node.parameters.options])).toEqual(
			moving.map((node) => [node.name, expect.objectContaining({ dryRun: true })]),
		);
		const sandbox = workflow.nodes.find(
			(node) => isNote(node) && /Sandbox first/.test(String(node.parameters.content)),
		);
		const text = String(sandbox?.parameters.content);
		if (moving.length > 0) expect(text).toMatch(/Dry Run.*Remove the option/s);
		else expect(text).toMatch(/only reads/);
		const forReal = withoutDryRun(workflow).nodes.filter(movesMoney);
		const stillDry = forReal.filter(({ parameters }) => 'dryRun' in (parameters.options as object));
		expect(stillDry.map((node) => node.name)).toEqual(
			moving.map((node) => node.name).filter((node) => node === 'Dry Run'),
		);
	});

	it('marks what has to be replaced as a placeholder, on the canvas', async () => {
		const workflow = await readExample({ name });
		const marked = workflow.nodes.filter(
			(node) => node.notesInFlow && /^Placeholder: /.test(node.notes ?? ''),
		);
		expect(
			workflow.nodes
				.filter(hasPlaceholder)
				.map((node) => node.name)
				.sort(),
		).toEqual(marked.map((node) => node.name).sort());
	});

	it('sends no alert to the placeholder', async () => {
		const { nodes, connections } = await readExample({ name });
		const feeding = (target: string) =>
			Object.entries(connections).flatMap(([from, { main = [] }]) =>
				main.some((targets) => targets?.some(({ node }) => node === target))
					? nodes.filter((node) => node.name === from)
					: [],
			);
		for (const { name: sender } of nodes.filter(({ type }) => type.endsWith('.httpRequest'))) {
			const [filter, ...others] = feeding(sender);
			expect({ type: filter?.type, others }).toEqual({ type: 'n8n-nodes-base.filter', others: [] });
			expect(JSON.stringify(filter?.parameters)).toMatch(
				/json\.alertUrl \}\}","rightValue":"\.example\.com","operator":\{"type":"string","operation":"notContains"\}/,
			);
		}
		const settings = JSON.stringify(nodes.find((node) => node.name === 'Settings') ?? ALERT_URL);
		expect(settings).toContain(ALERT_URL);
		expect(ALERT_URL).toContain('.example.com');
	});

	it('writes nothing in a dry run: what Juspay returns passes a filter before it is saved', async () => {
		const { nodes, connections } = await readExample({ name });
		const isDry = ({ parameters }: INode) => 'dryRun' in ((parameters.options ?? {}) as object);
		const leadsTo = (from: string): string[] =>
			(connections[from]?.main ?? [])
				.flatMap((targets) => targets ?? [])
				.map(({ node }) => node)
				.filter((node) => node !== 'If Not Dry Run')
				.flatMap((node) => [node, ...leadsTo(node)]);
		for (const node of nodes.filter((it) => isDry(it) && it.type.endsWith('.juspay'))) {
			const writing = leadsTo(node.name).filter((it) =>
				nodes.some(
					({ name: named, parameters }) => named === it && parameters.operation === 'update',
				),
			);
			expect({ node: node.name, writing }).toEqual({ node: node.name, writing: [] });
		}
	});

	it('finds rows again by Keep Fields, and says what to do beside what happened', () => {
		const text = readFileSync(resolve(PROJECT, exampleFile({ name })), 'utf8');
		expect(text).not.toMatch(/\.item\.json/);
		// The node's messages need no mending: n8n pairs an item, so none says "[item 3]".
		expect(text).not.toMatch(/\[item/);
		const saying = text.split('\n').filter((line) => /\bjson\.error(\}|\s*\}\})/.test(line));
		for (const line of saying)
			expect(line).toMatch(/\bjson\.errorHint|correct it and fill in the form again/);
	});

	it('holds no credential, no table, no address and no instance of anybody', async () => {
		const workflow = await readExample({ name });
		const credentials = workflow.nodes.flatMap((node) => Object.values(node.credentials ?? {}));
		expect(credentials.length).toBeGreaterThan(0);
		expect(credentials.map(({ id }) => id)).toEqual(credentials.map(() => null));
		for (const { parameters } of workflow.nodes) {
			expect(parameters).not.toHaveProperty('dataTableId.value', expect.stringMatching(/./));
		}
		const text = readFileSync(resolve(PROJECT, exampleFile({ name })), 'utf8');
		const hosts = [...text.matchAll(/https?:\/\/([^/"\\]+)/g)].map(([, host]) => host);
		expect(hosts.filter((host) => !host?.endsWith('.example.com'))).toEqual([]);
		expect(Object.keys(workflow)).not.toEqual(expect.arrayContaining(['meta', 'id']));
	});
});

function movesMoney({ type, parameters }: INode): boolean {
	return (
		/^n8n-nodes-juspay\.juspay(Tool)?$/.test(type) &&
		parameters.resource === 'customerAccount' &&
		['create', 'validate'].includes(parameters.operation as string)
	);
}

/** What stands for something of the user's own: their next step, sheet, table, address, customers or rows. */
function hasPlaceholder(node: INode): boolean {
	const { type, parameters } = node;
	const empty = Object.values(parameters).some(
		(value) => typeof value === 'object' && value !== null && '__rl' in value && value.value === '',
	);
	const text = JSON.stringify(parameters);
	return (
		!isNote(node) &&
		(empty ||
			type.endsWith('.noOp') ||
			type.endsWith('.juspayTrigger') ||
			node.name.startsWith('Alert: ') ||
			(type.endsWith('.set') && /customer_asha/.test(text)) ||
			/@example\.com|\/\/hooks\.example\.com/.test(text))
	);
}

it('is what the guide speaks of: each file and picture that it names is there', () => {
	const guide = readFileSync(resolve(PROJECT, 'docs/guide.md'), 'utf8');
	const pictures = [...guide.matchAll(/src="(images\/[^"]+)"/g)].map(([, file]) => `docs/${file}`);
	const examples = [...guide.matchAll(/`([\w-]+\.(?:json|csv))`/g)].map(
		([, file]) => `examples/${file}`,
	);
	expect(pictures.length).toBeGreaterThanOrEqual(5);
	for (const file of [...pictures, ...examples])
		expect([file, existsSync(resolve(PROJECT, file))]).toEqual([file, true]);
});
