/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads what is packed */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
	dependencies?: object;
	devDependencies: Record<string, string>;
	peerDependencies: Record<string, string>;
	n8n: { strict: boolean };
};
const sources = (folder: string) =>
	(readdirSync(join(root, folder), { recursive: true }) as string[])
		.filter((file) => file.endsWith('.ts'))
		.map((file) => join(folder, file));

describe('the package', () => {
	it('has no runtime dependencies, and n8n-workflow as its only peer', () => {
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('pins its development dependencies exactly', () => {
		for (const version of Object.values(manifest.devDependencies)) {
			expect(version).toMatch(/^\d+\.\d+\.\d+$/);
		}
	});

	it.each([
		'package-lock.json',
		'dev/n8n/lowest/package-lock.json',
		'dev/n8n/v1/package-lock.json',
		'dev/n8n/v2/package-lock.json',
	])('names no registry host in %s', (lock) => {
		expect(read(lock)).not.toMatch(/"resolved": "https?:/);
	});

	it("is linted strictly, with n8n's own rules and no exception in what is shipped", () => {
		expect(manifest.n8n.strict).toBe(true);
		expect(read('eslint.config.mjs').replace(/\s+/g, ' ').trim()).toBe(
			"import { config } from '@n8n/node-cli/eslint'; export default config;",
		);
		for (const file of [...sources('nodes'), ...sources('credentials')]) {
			expect({ file, disables: /eslint-disable|@ts-/.test(read(file)) }).toEqual({
				file,
				disables: false,
			});
		}
	});

	it('has its icons for light and for dark', () => {
		for (const folder of ['nodes/Juspay', 'credentials']) {
			expect(existsSync(join(root, folder, 'juspay.svg'))).toBe(true);
			expect(read(`${folder}/juspay.dark.svg`)).not.toBe(read(`${folder}/juspay.svg`));
		}
	});
});
