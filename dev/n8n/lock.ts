/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';
import { lock } from 'proper-lockfile';

/** The holder updates the lock more often than this; one that is older has lost its holder. */
const STALE_MS = 15_000;

/**
 * Holds a lock while `work` runs. The age of the lock, not a process ID, tells whether its holder lives, so it works
 * between containers that share a disk too.
 *
 * @param folder - path of the lock
 * @param onWait - called once when somebody else holds it; throw in it to give up instead of waiting
 * @param work - what to do under the lock
 */
export async function withLock<T>(
	folder: string,
	onWait: () => void,
	work: () => Promise<T>,
): Promise<T> {
	for (let waited = false; ; waited = true) {
		const release = await take(folder);
		if (release) return await work().finally(release);
		if (!waited) onWait();
		await sleep(500);
	}
}

/** Undefined: somebody else holds it. */
async function take(folder: string): Promise<(() => Promise<void>) | undefined> {
	return await lock(folder, {
		lockfilePath: folder,
		realpath: false,
		stale: STALE_MS,
		// Another process took over, e.g. after this machine was suspended: there is nothing left to update.
		onCompromised: () => undefined,
	}).then(
		(release) => async () => await release().catch(() => undefined),
		async (error: NodeJS.ErrnoException) =>
			error.code === 'ELOCKED' ? undefined : await Promise.reject(error),
	);
}
