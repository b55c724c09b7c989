/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium, selectors, type Browser } from 'playwright-core';
import { Problem } from '../../dev/n8n';
import { cacheFolder } from '../../dev/n8n/cache';
import { withLock } from '../../dev/n8n/lock';
import { lastLines, run } from '../../dev/n8n/run';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const ELSEWHERE = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const WHAT_TO_DO =
	'Install it (Debian and Ubuntu: `sudo apt-get install chromium`; others: Chromium or Google Chrome in any way), ' +
	'or set CHROMIUM to the path of one.';

/**
 * Starts a headless Chromium that reaches this machine only: the one named in `CHROMIUM`, the system's, or one that
 * gets installed now, where the system is Debian's and its administrator runs this.
 *
 * @throws Problem when there is none, with what to do
 */
export async function startChromium(): Promise<Browser> {
	// n8n's editor names what its own tests look for.
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({
		executablePath: await findChromium(),
		args: [
			'--headless',
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
		],
	});
}

async function findChromium(): Promise<string> {
	const { CHROMIUM } = process.env;
	if (CHROMIUM) {
		if (existsSync(CHROMIUM)) return CHROMIUM;
		throw new Problem(`There is no browser at ${CHROMIUM}, which CHROMIUM names.`);
	}
	const found = installed();
	if (found) return found;
	if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) {
		throw new Problem(`The editor's tests need Chromium, and there is none here. ${WHAT_TO_DO}`);
	}
	await mkdir(cacheFolder(), { recursive: true });
	// Jest's workers come here at the same time, and of two apt-gets the second gives up.
	return await withLock(join(cacheFolder(), 'chromium.lock'), () => {}, install);
}

async function install(): Promise<string> {
	const before = installed();
	if (before) return before;
	await run('apt-get', ['update']);
	const { ok, output } = await run('apt-get', [
		'install',
		'--yes',
		'--no-install-recommends',
		'chromium',
	]);
	const now = installed();
	if (ok && now) return now;
	throw new Problem(
		`The editor's tests need Chromium, and apt-get could not install it. ${WHAT_TO_DO}\n${lastLines(output, 8)}`,
	);
}

function installed(): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
	return [...onPath, ...ELSEWHERE].find((path) => existsSync(path));
}
