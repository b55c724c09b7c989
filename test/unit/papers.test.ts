/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads files of the project */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { ALL } from '../../nodes/Juspay/node/operations';

const ROOT = resolve(__dirname, '../..');

/** Folders that are not the project's own text: see .gitignore. */
const IGNORED = ['node_modules', 'dist', 'coverage', '.cache', '.git'];

/** The folders in a folder. */
function foldersIn(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && !IGNORED.includes(entry.name))
		.map(({ name }) => join(folder, name));
}

/** Every page in a folder, and below it. */
function pagesIn(folder: string): string[] {
	const own = readdirSync(join(ROOT, folder))
		.filter((name) => name.endsWith('.md'))
		.map((name) => join(folder, name));
	return [...own, ...foldersIn(folder).flatMap(pagesIn)];
}

const textOf = (page: string) => readFileSync(join(ROOT, page), 'utf8');

const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(page: string): string[] {
	return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading!
			.toLowerCase()
			.replace(/[^\w -]/g, '')
			.replace(/ /g, '-'),
	);
}

describe.each(pagesIn(''))('%s', (page) => {
	const text = textOf(page);

	it('links to nothing that is not there', () => {
		const links = [...text.matchAll(/(?:\]\(|src=")([^)":\s]+)[)"]/g)].map(([, link]) => link!);
		const absent = links.filter((link) => {
			const [path = '', anchor] = link.split('#');
			const to = path === '' ? page : relative(ROOT, resolve(ROOT, dirname(page), path));
			if (!existsSync(join(ROOT, to))) return true;
			return anchor !== undefined && !anchorsOf(to).includes(anchor);
		});
		expect(absent).toEqual([]);
	});

	it('names no file that is not there', () => {
		const named = [
			...text.matchAll(/`((?:test|nodes|dev|docs|examples|credentials|\.ci|\.github)\/[\w./-]+)`/g),
		].map(([, it]) => it!);
		// CONTRIBUTING calls shipped files by their floor.
		for (const [, file] of text.matchAll(
			/`((?:node|trigger|once|http|wire|account)\/[\w./-]+)`/g,
		)) {
			named.push(join('nodes/Juspay', file!));
		}
		// As CONTRIBUTING calls one that it lets you add.
		const isThere = (file: string) => ['', '.ts'].some((end) => existsSync(join(ROOT, file + end)));
		const absent = named.filter((file) => !isThere(file) && !/block/.test(file));
		expect(absent).toEqual([]);
	});

	it('names no script that package.json does not have', () => {
		const named = [...text.matchAll(/\bnpm run (?:--silent )?([\w:]+)/g)].map(([, it]) => it!);
		expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
	});
});

describe("CONTRIBUTING.md's map", () => {
	const [, map = ''] = textOf('CONTRIBUTING.md').split('# Project layout\n');
	const lines = map.split('\nHow Create works')[0]!.split('\n');
	let parent = '';
	const named = lines.flatMap((line) => {
		const [, indent, name] = /^ {4}( *)(\S+) {2,}\S/.exec(line) ?? [];
		if (name === undefined) return [];
		if (indent === '') parent = name;
		return [indent === '' ? name : join(parent, name)];
	});

	it('names nothing that is not there', () => {
		expect(named.filter((it) => !existsSync(join(ROOT, it)))).toEqual([]);
	});

	it('has every folder at the top, and every one in nodes/Juspay, dev and test', () => {
		const rooms = [
			...foldersIn('').filter((it) => it !== 'nodes'),
			...['nodes/Juspay', 'dev', 'test'].flatMap(foldersIn),
		];
		expect(rooms.filter((room) => !named.includes(`${room}/`))).toEqual([]);
	});

	it('describes the rooms in nodes/Juspay from the top floor to the lowest', () => {
		const floors = named
			.filter((it) => /^nodes\/Juspay\/\w+\/$/.test(it))
			.map((it) => basename(it));
		expect(floors).toEqual(['node', 'trigger', 'once', 'http', 'wire', 'account']);
	});
});

it('docs/demo.md counts the actions that the node has', () => {
	const words = ['eight', 'nine', 'ten', 'eleven', 'twelve'];
	expect(textOf('docs/demo.md')).toContain(`The node has ${words[ALL.length - 8]} actions`);
});
