/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the README as its readers do */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { JuspayApi } from '../../credentials/JuspayApi.credentials';
import { Juspay } from '../../nodes/Juspay/Juspay.node';

const root = join(__dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	repository: { url: string };
};
/** The repository's address. */
const HOME = repository.url.replace(/^git\+|\.git$/g, '');
const { properties } = new Juspay().description;

/** The rows of the README's table under a heading, cell by cell, without its head. */
function table(heading: string): string[][] {
	const [, section = ''] = readme.split(`### ${heading}\n`);
	return section
		.split(/\n#+ /)[0]!
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.slice(2)
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim()),
		);
}

const resources = properties.find(({ name }) => name === 'resource')
	?.options as INodePropertyOptions[];

function operationsOf({ name, value }: INodePropertyOptions): string[][] {
	const property = properties.find(
		(it) => it.name === 'operation' && it.displayOptions?.show?.resource?.includes(value),
	);
	return (property?.options as INodePropertyOptions[]).map((operation) => [
		name,
		operation.name,
		operation.description ?? '',
	]);
}

/** A heading as GitHub's links to it name it. */
function slug(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w -]/g, '')
		.replace(/ /g, '-');
}

describe('the README', () => {
	it('lists the operations that the node has, in their words', () => {
		expect(table('Operations')).toEqual(resources.flatMap(operationsOf));
	});

	it('lists the options that the node has, with their defaults', () => {
		const options = properties.find(({ name }) => name === 'options')?.options as Array<
			INodeProperties | INodePropertyCollection
		>;
		const shown = table('Options').map(([name, standard]) => [name, standard]);
		const expected = options.map((option) => {
			const standard = 'default' in option ? option.default : '';
			if (option.name === 'routingId') return [option.displayName, 'customer ID'];
			if (typeof standard === 'boolean') return [option.displayName, standard ? 'on' : 'off'];
			return [option.displayName, typeof standard === 'object' ? '' : String(standard)];
		});
		// An option that two resources have in words of their own is listed once.
		const names = expected.map(([name]) => name);
		expect(shown).toEqual(expected.filter(([name], index) => names.indexOf(name) === index));
	});

	it('lists the fields of the credential', () => {
		expect(table('Credential').map(([name]) => name)).toEqual(
			new JuspayApi().properties
				.filter(({ type }) => type !== 'notice')
				.map(({ displayName }) => displayName),
		);
	});

	it.each(['nodes/Juspay/Juspay.node.json', 'nodes/Juspay/JuspayTrigger.node.json'])(
		'has the sections that n8n links to from %s and from the credential',
		(codex) => {
			const { resources } = JSON.parse(readFileSync(join(root, codex), 'utf8')) as {
				resources: Record<string, Array<{ url: string }>>;
			};
			const urls = Object.values(resources).flatMap((links) => links.map(({ url }) => url));
			// GitHub's own name for the place where a README begins.
			const sections = [
				'readme',
				...[...readme.matchAll(/^#+ (.+)$/gm)].map(([, it]) => slug(it!)),
			];
			const own = urls.filter((url) => url.startsWith(HOME));
			expect(own.length).toBeGreaterThan(1);
			for (const url of [...own, new JuspayApi().documentationUrl]) {
				expect(sections).toContain(url.split('#')[1]);
			}
		},
	);

	it('shows its pictures in a fork, a mirror and a clone too: plain images by relative address', () => {
		const pictures = [...readme.matchAll(/<img\b[^>]*\bsrc="([^"]+)"/g)].map(([, to]) => to!);
		expect(pictures.length).toBeGreaterThan(0);
		for (const picture of pictures) {
			expect(picture).toMatch(/^docs\/images\//);
			expect(existsSync(join(root, picture))).toBe(true);
		}
		// npm and GitHub rewrite the address of an image; npm leaves out the sources of a picture.
		expect(readme).not.toMatch(/<picture|<source|srcset|raw\.githubusercontent/);
	});

	it('lists the names that contract.ts and read.ts mark as inferred, and no others', () => {
		const contract = ['contract', 'read']
			.map((name) => readFileSync(join(root, `nodes/Juspay/wire/${name}.ts`), 'utf8'))
			.join('\n');
		const marked = [...contract.matchAll(/\/\/ \[inferred\] ([\w, ]+)$/gm)].flatMap(([, names]) =>
			names!.split(', '),
		);
		const [, section = ''] = readme.split("## What of Juspay's API is inferred\n");
		const listed = [...section.split('\n## ')[0]!.matchAll(/^- ((?:`\w+`(?:, )?)+)/gm)].flatMap(
			([, names]) => names!.replace(/`/g, '').split(', '),
		);
		expect(listed.length).toBeGreaterThan(5);
		expect(listed.sort()).toEqual(marked.sort());
		// A mark in another form would be missed.
		const marks = contract.match(/\[inferred\]/g) ?? [];
		expect(marks).toHaveLength([...contract.matchAll(/\/\/ \[inferred\] /g)].length + 1);
	});
});
