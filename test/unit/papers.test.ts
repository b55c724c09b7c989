/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads files of the project */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const DOCS = resolve(__dirname, '../../docs');
const PAGES = ['install.md', 'publishing.md', 'verification.md', '../SECURITY.md'];

describe.each(PAGES)('docs/%s', (page) => {
	const text = readFileSync(join(DOCS, page), 'utf8');

	it('links to nothing that is not there', () => {
		const links = [...text.matchAll(/\]\(([^)#:]+)[)#]/g)].map(([, link]) => link!);
		expect(links.length).toBeGreaterThan(0);
		const absent = links.filter((link) => !existsSync(resolve(DOCS, page, '..', link)));
		expect(absent).toEqual([]);
	});

	it('names no file that is not there', () => {
		const named = [...text.matchAll(/`((?:test|nodes|dev|docs)\/[\w./-]+)`/g)].map(([, it]) => it!);
		expect(named.filter((file) => !existsSync(join(DOCS, '..', file)))).toEqual([]);
	});
});
