/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { IMAGES, SHOWN_FILE, shownNow } from './shown';

/** Out of the way, unless `npm run images` asked for the README's. */
const FOLDER = resolve(__dirname, '../..', process.env.E2E_PICTURES ?? '.cache/e2e/pictures');

/** Takes a picture of what the page shows, once as n8n looks by day and once as it looks by night. */
export async function takePicture(page: Page, name: string): Promise<void> {
	await mkdir(FOLDER, { recursive: true });
	// No tooltip of whatever the pointer happens to rest on.
	await page.mouse.move(700, 4);
	for (const colorScheme of ['dark', 'light'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await settle(page);
		await page.screenshot({
			path: join(FOLDER, `${name}-${colorScheme}.png`),
			animations: 'disabled',
			caret: 'hide',
		});
	}
}

/** For a test that failed: what it saw last. */
export async function takeLastLook(page: Page, test: string): Promise<string> {
	const path = resolve(__dirname, '../../.cache/e2e/failed', `${test.replace(/\W+/g, '-')}.png`);
	await page.screenshot({ path });
	return path;
}

/** Notes what the pictures show, beside the README's. */
export async function notePictures(): Promise<void> {
	if (FOLDER === IMAGES) await writeFile(join(IMAGES, SHOWN_FILE), await shownNow());
}

/** Waits until icons have loaded, and for the transitions that n8n makes on its canvas and between colours. */
async function settle(page: Page): Promise<void> {
	await page.waitForFunction('[...document.images].every((image) => image.complete)');
	await page.waitForTimeout(700);
}
