/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { rmSync } from 'node:fs';
import { mkdir, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** The holder touches the lock this often; a lock left untouched for STALE_MS has lost its holder. */
const TOUCH_MS = 2_000;
const STALE_MS = 15_000;

/**
 * Holds a lock (a folder, which the system creates once only) while `work` runs. The age of the folder, not a
 * process ID, tells whether its holder lives: so it works between containers that share a disk, too.
 *
 * @param folder - path of the lock
 * @param onWait - called once, when somebody else holds it; throw in it to give up instead of waiting
 * @param work - what to do under the lock
 */
export async function withLock<T>(
	folder: string,
	onWait: () => void,
	work: () => Promise<T>,
): Promise<T> {
	let waited = false;
	while (!(await take(folder))) {
		if (await isStale(folder)) {
			await rm(folder, { recursive: true, force: true });
			continue;
		}
		if (!waited) onWait();
		waited = true;
		await sleep(500);
	}
	const touching = setInterval(() => {
		const now = new Date();
		// Gone means that somebody took us for dead (a suspended laptop); there is nothing left to touch.
		utimes(folder, now, now).catch(() => clearInterval(touching));
	}, TOUCH_MS);
	const release = () => rmSync(folder, { recursive: true, force: true });
	process.once('exit', release);
	try {
		return await work();
	} finally {
		process.off('exit', release);
		clearInterval(touching);
		await rm(folder, { recursive: true, force: true });
	}
}

function take(folder: string): Promise<boolean> {
	return mkdir(folder).then(
		() => true,
		(error: NodeJS.ErrnoException) => (error.code === 'EEXIST' ? false : Promise.reject(error)),
	);
}

async function isStale(folder: string): Promise<boolean> {
	const found = await stat(folder).catch(() => undefined);
	return found !== undefined && Date.now() - found.mtimeMs > STALE_MS;
}
