/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads what n8n reads */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../nodes/Juspay');

describe.each(['Juspay.node.json', 'JuspayTrigger.node.json'])('%s', (file) => {
	const { alias } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { alias: string[] };
	const words = alias.map((it) => it.toLowerCase());

	it.each([
		'account number',
		'verify upi',
		'upi validation',
		'bank details',
		'name match',
		'imps',
		'payment',
		'penny drop',
		'ifsc',
	])('is found by what people type: %s', (typed) => {
		expect(words).toContain(typed);
	});

	it('promises no validation without a penny drop, and says nothing twice', () => {
		expect(words.filter((it) => /penny-?less/.test(it))).toEqual([]);
		expect(new Set(words).size).toBe(words.length);
	});
});
