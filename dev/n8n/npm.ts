import { Problem } from './problem';
import { lastLines, run } from './run';

/** What npm says when it fails, and what the person can do about it. The first match counts. */
const CAUSES: Array<{ says: RegExp; means: string }> = [
	{
		says: /ENOSPC/,
		means: 'the disk is full. Free about 4 GB and run the same command again.',
	},
	{
		says: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT/,
		means:
			"npm's registry can't be reached. Check the network (and `npm config get registry`, `npm config get proxy`), then run the same command again.",
	},
	{
		says: /EACCES|EPERM/,
		means: 'npm may not write where it has to; `npm config get cache` shows one such folder.',
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
 * @throws Problem when npm fails: what to do, where npm's error code tells, or else the end of what it printed
 */
export async function runNpm(args: string[], cwd: string, doing: string): Promise<string> {
	// Whatever the level of the npm that may have started this (`npm start --silent`): errors have to be read here.
	const { ok, ended, stdout, output } = await run('npm', [...args, '--loglevel=error'], cwd);
	if (ok) return stdout;
	// Only npm's own lines: a compiler that it ran may print these words, too.
	const own = output.split('\n').filter((line) => /^npm (error|ERR!)/.test(line));
	for (const { says, means } of CAUSES) {
		const [code] = says.exec(own.join('\n')) ?? [];
		if (code !== undefined) throw new Problem(`Could not ${doing}: ${means} (npm says ${code}.)`);
	}
	throw new Problem(
		`Could not ${doing}: npm failed (${ended}). The end of what it said:\n${lastLines(output, 12)}`,
	);
}
