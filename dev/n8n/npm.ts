import { Problem } from './problem';
import { lastLines, run } from './run';

/**
 * Runs npm and returns what it printed.
 *
 * @param args - what to pass to npm
 * @param cwd - the folder to run it in
 * @param doing - what this is for, as the end of "Could not …"
 * @throws Problem when npm fails: the end of what it printed
 */
export async function runNpm(args: string[], cwd: string, doing: string): Promise<string> {
	// Whatever the level of the npm that may have started this (`npm start --silent`): errors have to be shown here.
	const { ok, ended, stdout, output } = await run('npm', [...args, '--loglevel=error'], cwd);
	if (ok) return stdout;
	throw new Problem(
		`Could not ${doing}: npm failed (${ended}). The end of what it said:\n${lastLines(output, 12)}`,
	);
}
