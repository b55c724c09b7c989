/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- tests run on a developer's machine, never inside n8n */
/** What can be said of the workflows in examples/ without an n8n; examples.e2e.ts executes them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { exampleFile, EXAMPLES, readExample } from '../../dev/demo/examples';

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
