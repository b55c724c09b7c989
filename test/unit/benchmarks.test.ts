/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the page as its readers do */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadResults } from '../../dev/bench/figures';
import { Report } from '../../dev/bench/report';

const root = join(__dirname, '../..');

describe('docs/benchmarks.md', () => {
	it('is what the stored figures say', async () => {
		const report = new Report(await loadResults(join(root, 'dev/bench')), false);
		expect(readFileSync(join(root, 'docs/benchmarks.md'), 'utf8')).toBe(report.text());
	});
});
