/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the node's sources */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { answerFailures } from '../../dev/docs/juspay';
import { groups, messagesPage } from '../../dev/docs/messages';
import { ERROR_CODES, KINDS } from '../../nodes/Juspay/http/failure';

const ROOT = join(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/messages.md'), 'utf8');

/** As the page's readers see it. */
const shown = page.replace(/\\(.)/g, '$1').replace(/\s+/g, ' ');

/** The page has what happened in one cell, and what to do in another. */
const isShown = (text: string) =>
	text.split(/(?<=[.]) (?=[A-Z])/).every((part) => shown.includes(part.replace(/[.]$/, '')));

/** Texts that people read elsewhere than in a message. */
const ELSEWHERE = [
	// n8n's log.
	'customers could not be read and are read again with the next poll.',
	// Parts of a time.
	'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
	// The end of a sentence about a fault of the node.
	'after the run.',
	'while it waited for validations.',
	// Left out where a message says from when on a run settles it.
	'Run the workflow again only once you know the outcome',
];

const sources = ['nodes', 'credentials'].flatMap((folder) =>
	(readdirSync(join(ROOT, folder), { recursive: true }) as string[])
		.filter((file) => file.endsWith('.ts'))
		.map((file) => join(folder, file)),
);

/** True for what n8n's editor shows: a parameter, an option, an operation, a node. */
function isEditorText(node: ts.Node): boolean {
	for (let at: ts.Node | undefined = node; at; at = at.parent) {
		if (!ts.isObjectLiteralExpression(at)) continue;
		const names = at.properties.map(({ name }) => name?.getText());
		if (names.includes('displayName') || (names.includes('name') && names.includes('value'))) {
			return true;
		}
		// A shared parameter or choice, spread, with a hint or a description of its own.
		const isOwn = names.includes('hint') || names.includes('description');
		if (isOwn && at.properties.some(ts.isSpreadAssignment)) return true;
		// A column of the input, with its usual headers.
		if (names.includes('headers') && names.includes('label')) return true;
		// A status, and its event.
		if (names.includes('name') && names.includes('description')) return true;
		// An operation's row, and the outputs that it names.
		if (names.includes('action') && names.includes('label')) return true;
	}
	return false;
}

/** The fixed parts of a file's texts that are sentences, or parts of one. */
function sentences(file: string): string[] {
	const text = readFileSync(join(ROOT, file), 'utf8');
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		const isText =
			ts.isStringLiteral(node) ||
			ts.isNoSubstitutionTemplateLiteral(node) ||
			ts.isTemplateHead(node) ||
			ts.isTemplateMiddle(node) ||
			ts.isTemplateTail(node);
		if (isText && !isEditorText(node)) found.push(node.text.replace(/\s+/g, ' ').trim());
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
	return found.filter(
		(it) => /[a-z]+ .*[a-z]+ .*[a-z]{2}/.test(it) && !/^=\{\{|\$(?:raw)?[pP]arameter/.test(it),
	);
}

describe('docs/messages.md', () => {
	it('is what `npm run docs:messages` writes', async () => {
		expect(await messagesPage()).toBe(page);
	});

	it('has a message of each kind of answer', () => {
		const shownKinds = new Set(answerFailures().map(({ kind }) => kind));
		expect([...shownKinds].sort()).toEqual(Object.keys(KINDS).sort());
	});

	it('has a message with each of the codes, and no other code', async () => {
		const rows = (await groups()).flatMap((group) => group.rows);
		const codes = new Set(rows.map(({ code }) => code).filter((code) => code !== ''));
		expect([...codes].sort()).toEqual([...ERROR_CODES].sort());
	});

	it('says of each message what to do', async () => {
		const rows = (await groups()).flatMap((group) => group.rows);
		expect(rows.length).toBeGreaterThan(90);
		// The host stands for itself.
		const sentences = /^['A-Z<].*[^.]\.$/s;
		expect(rows.filter(({ todo }) => !sentences.test(todo))).toEqual([]);
		expect(rows.filter(({ message }) => !/[^.\s]$/.test(message))).toEqual([]);
	});

	it('has no message with words that tell a person nothing about what to do', async () => {
		// What it quotes is Juspay's, and a validation may fail.
		const own = (text: string) => text.replace(/ Juspay says: .*|validation failed/gis, '');
		const rows = (await groups()).flatMap((group) => group.rows);
		expect(
			rows.filter(({ message, todo }) =>
				/\b(error|problem|failure|failed|invalid)\b/i.test(own(`${message} ${todo}`)),
			),
		).toEqual([]);
	});

	it.each(sources)('has every sentence of %s', (file) => {
		const missing = sentences(file).filter((it) => !isShown(it) && !ELSEWHERE.includes(it));
		expect(missing).toEqual([]);
	});

	it('would miss a sentence that is not in it', () => {
		const all = sources.flatMap(sentences);
		expect(all.length).toBeGreaterThan(150);
		expect(ELSEWHERE.filter((it) => !all.includes(it) || isShown(it))).toEqual([]);
	});
});
