/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs the commands of publish.yml */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { missingFiles, releaseNotes, repositoryOf, withNames } from '../../dev/release/release';
import { manifest, PROJECT, run } from './project';

const changelog = readFileSync(join(PROJECT, 'CHANGELOG.md'), 'utf8');
const slug = repositoryOf(manifest);

describe('a release', () => {
	it("has its section of the changelog as its notes, by publish.yml's command", () => {
		const { ok, stdout } = run(
			'npm',
			['run', '--silent', 'release:notes', '--', manifest.version],
			PROJECT,
			{ GITHUB_REPOSITORY: slug },
		);
		expect(ok).toBe(true);
		expect(changelog).toContain(`\n## ${manifest.version}\n\n${stdout.trim()}`);
		expect(stdout).not.toMatch(/^## /m);
	});

	it.each([
		['a tag of another version', { tag: '9.9.9' }, /tag is 9\.9\.9, but package\.json says/],
		['a fork', { repository: 'someone/fork' }, /runs in someone\/fork, but package\.json names/],
		['no section', { changelog: '# Changelog\n' }, /no section/],
		[
			'an empty section',
			{ changelog: `\n## ${manifest.version}\n\n## 0.9.0\n\nOld` },
			/no section/,
		],
	])('is refused with %s', (_, change, said) => {
		const release = { tag: manifest.version, manifest, changelog, repository: slug, ...change };
		expect(releaseNotes(release).fault).toMatch(said);
	});

	it('is refused by the command too', () => {
		const args = ['run', '--silent', 'release:notes', '--', '9.9.9'];
		const { ok, stdout } = run('npm', args, PROJECT);
		expect({ ok, stdout }).toEqual({ ok: false, stdout: '' });
	});

	it('tells what a tarball lacks', () => {
		const all = missingFiles(manifest, []);
		expect(all).toEqual(expect.arrayContaining(manifest.n8n.nodes));
		expect(all).toContain('dist/nodes/Juspay/JuspayTrigger.node.json');
		expect(
			missingFiles(
				manifest,
				all.slice(1).map((file) => `package/${file}`),
			),
		).toEqual([all[0]]);
	});
});

/** Every text of the project. */
function texts(folder = ''): string[] {
	return readdirSync(join(PROJECT, folder)).flatMap((name) => {
		const path = join(folder, name);
		if (['node_modules', 'dist', '.git', '.cache', 'coverage'].includes(name)) return [];
		if (statSync(join(PROJECT, path)).isDirectory()) return texts(path);
		return ['.ts', '.md', '.json', '.yml'].includes(extname(name)) || name === 'LICENSE'
			? [path]
			: [];
	});
}

describe('the names that only the owner knows', () => {
	const all = texts().map((file) => ({ file, text: readFileSync(join(PROJECT, file), 'utf8') }));

	it('are in package.json, and what else names them agrees with it', () => {
		expect(slug).toMatch(/^[\w-]+\/n8n-nodes-juspay$/);
		const differing = all.filter(({ file, text }) => withNames(file, text, manifest) !== text);
		expect(differing.map(({ file }) => file)).toEqual([]);
		expect(manifest).toMatchObject({
			homepage: `https://github.com/${slug}#readme`,
			bugs: { url: `https://github.com/${slug}/issues` },
		});
	});

	it('are written everywhere by one command, once package.json has others', () => {
		const owner = 'somebody';
		const other = {
			repository: { url: `git+https://github.com/${owner}/n8n-nodes-juspay.git` },
			author: { name: 'Some Body' },
		};
		const renamed = all.map(({ file, text }) => ({ file, text: withNames(file, text, other) }));
		const changed = renamed.filter(({ text }, index) => text !== all[index]?.text);
		expect(changed.length).toBeGreaterThan(5);
		expect(changed.map(({ file }) => file)).toContain('LICENSE');
		const left = renamed.filter(({ text }) => text.includes(slug));
		expect(left.map(({ file }) => file)).toEqual([]);
		const papers = readFileSync(join(PROJECT, 'docs/publishing.md'), 'utf8');
		expect(papers).toContain('npm run names');
	});

	it("are nowhere else: the author's address is that of package.json", () => {
		const [, domain = ''] = manifest.author.email.split('@');
		const elsewhere = all.filter(
			({ file, text }) => file !== 'package.json' && text.includes(`@${domain}`),
		);
		expect(elsewhere.map(({ file }) => file)).toEqual([]);
	});

	it('are listed for the owner to fill in', () => {
		const papers = readFileSync(join(PROJECT, 'docs/publishing.md'), 'utf8');
		for (const field of ['repository.url', 'author.name', 'author.email']) {
			expect(papers).toContain(`\`${field}\``);
		}
	});
});
