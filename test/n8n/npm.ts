import { Problem } from './problem';
import { lastLines, run } from './run';

/** What npm says when it fails, and what the person can do about it. The first match counts. */
const CAUSES: Array<{ says: RegExp; means: string }> = [
	{
		says: /ENOSPC|no space left/i,
		means: 'the disk is full. Free about 4 GB and run the same command again.',
	},
	{
		says: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|network/i,
		means:
			"npm's registry can't be reached. Check the network (and `npm config get registry`, `npm config get proxy`), then run the same command again.",
	},
	{
		says: /EACCES|EPERM/,
		means: 'npm may not write where it has to. See its message below for the folder.',
	},
	{
		says: /E404|ETARGET|ENOVERSIONS/,
		means:
			'the registry does not have one of the packages. If `npm config get registry` shows a mirror, try https://registry.npmjs.org/.',
	},
];

/**
 * Runs npm and returns what it printed.
 *
 * @param args - what to pass to npm
 * @param cwd - the folder to run it in
 * @param doing - what this is for, as the end of "Could not …"
 * @throws Problem when npm fails: why, as far as its output tells, and the end of that output
 */
export async function runNpm(args: string[], cwd: string, doing: string): Promise<string> {
	const { ok, ended, stdout, output } = await run('npm', args, cwd);
	if (ok) return stdout;
	const cause = CAUSES.find(({ says }) => says.test(output));
	throw new Problem(
		`Could not ${doing}: ${cause?.means ?? `npm failed (${ended}).`}\n\n` +
			`The end of what npm said:\n${lastLines(output, 12)}`,
	);
}
