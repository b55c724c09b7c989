/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- a command-line program: it prints and ends */
/** `npx tsx dev/n8n/installAll.ts`: installs every n8n that the end-to-end tests run, where it is not there yet. */
import { ensureN8n, type N8nVersion } from './install';

/** The 2.x last: `npm start` installs it, and may be doing so at this moment. */
const VERSIONS: N8nVersion[] = ['v1', 'lowest', 'v2'];

async function main(): Promise<void> {
	for (const version of VERSIONS) await ensureN8n(version, console.log);
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
