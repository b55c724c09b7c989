/* eslint-disable @n8n/community-nodes/no-restricted-imports -- looks at the package as npm packs it and as its users get it */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { emptyFolder, freshClone, manifest, PROJECT, removeFolders, run } from './project';

/** Packs what stands in a folder; the tarball's path. */
function pack(folder: string): string {
	const packed = run('npm', ['pack', '--silent'], folder);
	expect(packed.output).toContain('.tgz');
	return join(folder, `${manifest.name}-${manifest.version}.tgz`);
}

/** Installs a tarball and nothing else, as n8n does: the peer is n8n's own. */
function install(tarball: string): string {
	const folder = emptyFolder();
	const args = ['install', '--offline', '--legacy-peer-deps', '--no-save', tarball];
	expect(run('npm', args, folder)).toMatchObject({ ok: true });
	expect(readdirSync(join(folder, 'node_modules')).filter((it) => !it.startsWith('.'))).toEqual([
		manifest.name,
	]);
	return join(folder, 'node_modules', manifest.name);
}

/** Runs code where the package is installed, with n8n's packages in reach as in n8n; what it prints. */
function inInstalled(code: string): unknown {
	const folder = dirname(dirname(installed));
	const env = { NODE_PATH: join(PROJECT, 'node_modules') };
	const { ok, stdout, output } = run('node', ['-e', code], folder, env);
	expect({ ok, output: ok ? '' : output }).toEqual({ ok: true, output: '' });
	return JSON.parse(stdout);
}

/** n8n's scanner on a folder, as it judges a published tarball: what it objects to. */
function scan(folder: string, patterns: string[]): string {
	const code = `
		const { analyzePackage } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
		const { passed, message, details } = await analyzePackage(${JSON.stringify(folder)}, ${JSON.stringify(patterns)});
		console.log(JSON.stringify({ passed, says: [message, details].filter(Boolean).join(' ') }));`;
	const { output, stdout } = run('node', ['--input-type=module', '-e', code], PROJECT);
	const last = stdout.trim().split('\n').at(-1) ?? '';
	if (!last.startsWith('{')) return `The scanner did not run: ${output}`;
	const { passed, says } = JSON.parse(last) as { passed: boolean; says: string };
	return passed ? says : `refused: ${says}`;
}

const TARBALL_FILES = ['**/*.js', 'package.json'];
const SOURCE_FILES = ['package.json', '{nodes,credentials}/**/*.{js,ts,json}'];

const sha512 = (file: string) => createHash('sha512').update(readFileSync(file)).digest('hex');

let clone: string;
let tarball: string;
/** The package as it stands in an n8n. */
let installed: string;

beforeAll(() => {
	clone = freshClone(true);
	tarball = pack(clone);
	installed = install(tarball);
}, 300_000);
afterAll(removeFolders);

describe('npm pack in a fresh clone', () => {
	it('builds first', () => {
		for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
			expect({ file, there: existsSync(join(installed, file)) }).toEqual({ file, there: true });
		}
	});

	it('packs the same bytes each time', () => {
		const first = sha512(tarball);
		expect(sha512(pack(clone))).toBe(first);
	}, 120_000);

	it('fails where it can not build, instead of packing a package without dist', () => {
		const folder = freshClone(false);
		expect(run('npm', ['pack'], folder).ok).toBe(false);
		expect(readdirSync(folder).filter((name) => name.endsWith('.tgz'))).toEqual([]);
	});
});

describe('the installed package', () => {
	it('contains dist, README, LICENSE, CHANGELOG, its entry and nothing else', () => {
		expect(readdirSync(installed).sort()).toEqual([
			'CHANGELOG.md',
			'LICENSE',
			'README.md',
			'dist',
			'index.js',
			'package.json',
		]);
		const files = readdirSync(join(installed, 'dist'), { recursive: true }) as string[];
		expect(
			files.filter((file) => /\.[a-z]+$/.test(file) && !/\.(js|json|svg)$/.test(file)),
		).toEqual([]);
		expect(files.filter((file) => /test|demo|simulator/i.test(basename(file)))).toEqual([
			'nodes/Juspay/http/credentialTest.js',
		]);
	});

	it.each([...manifest.n8n.nodes, ...manifest.n8n.credentials])(
		'loads %s, with its codex and icons beside it',
		(file) => {
			const name = basename(file).split('.')[0]!;
			const { icon, description } = inInstalled(`
				const one = new (require('./node_modules/${manifest.name}/${file}').${name})();
				console.log(JSON.stringify({ icon: one.icon, description: one.description }));
			`) as { icon?: ICredentialType['icon']; description?: INodeType['description'] };
			const { light, dark } = (description?.icon ?? icon) as { light: string; dark: string };
			const folder = dirname(join(installed, file));
			const pictures = [light, dark].map((it) =>
				readFileSync(join(folder, it.replace('file:', '')), 'utf8'),
			);
			expect(pictures[0]).toMatch(/^<svg/);
			expect(pictures[1]).toMatch(/^<svg/);
			expect(pictures[1]).not.toBe(pictures[0]);
			if (!description) return;
			expect(JSON.parse(readFileSync(join(folder, `${name}.node.json`), 'utf8'))).toMatchObject({
				categories: ['Finance & Accounting'],
			});
		},
	);

	it('gives each class to anyone who requires it by name', () => {
		const given = inInstalled(`
			const given = Object.entries(require('${manifest.name}'));
			console.log(JSON.stringify(given.map(([name, it]) => [name, typeof it, new it().constructor.name])));
		`);
		expect(given).toEqual([
			['Juspay', 'function', 'Juspay'],
			['JuspayTrigger', 'function', 'JuspayTrigger'],
			['JuspayApi', 'function', 'JuspayApi'],
		]);
	});

	it("passes n8n's scanner, as the source does", () => {
		expect(scan(installed, TARBALL_FILES)).toBe('');
		expect(scan(PROJECT, SOURCE_FILES)).toBe('');
	}, 180_000);

	it('would not pass with a built-in module of Node', () => {
		const changed = install(tarball);
		appendFileSync(join(changed, 'index.js'), "exports.join = require('node:path').join;\n");
		expect(scan(changed, TARBALL_FILES)).toMatch(/refused: .*node:path/s);
	}, 120_000);

	it('gives publint nothing to say', () => {
		const code = `
			const { publint } = await import('publint');
			const { messages } = await publint({ pkgDir: ${JSON.stringify(installed)}, pack: false });
			console.log(JSON.stringify(messages));`;
		const { stdout } = run('node', ['--input-type=module', '-e', code], PROJECT);
		expect(JSON.parse(stdout)).toEqual([]);
	});
});
