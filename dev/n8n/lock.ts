import { lock } from 'proper-lockfile';

/** The holder updates the lock more often than this; one that is older has lost its holder. */
const STALE_MS = 15_000;

/** As often as it takes, twice a second. */
const WAIT = { forever: true, factor: 1, minTimeout: 500 };

/**
 * Holds a lock while `work` runs. The age of the lock, not a process ID, tells whether its holder lives, so it works
 * between containers that share a disk too.
 *
 * @param folder - path of the lock
 * @param onWait - called when somebody else holds it
 * @param work - what to do under the lock
 */
export async function withLock<T>(
	folder: string,
	onWait: () => void,
	work: () => Promise<T>,
): Promise<T> {
	const options = {
		lockfilePath: folder,
		realpath: false,
		stale: STALE_MS,
		// Another process took over, e.g. after this machine was suspended: there is nothing left to update.
		onCompromised: () => undefined,
	};
	const release = await lock(folder, options).catch(async (error: NodeJS.ErrnoException) => {
		if (error.code !== 'ELOCKED') return await Promise.reject(error);
		onWait();
		return await lock(folder, { ...options, retries: WAIT });
	});
	return await work().finally(async () => await release().catch(() => undefined));
}
