import execa from 'execa';

/** How a command ended. */
interface Ran {
	ok: boolean;
	/** For people: the exit code, the signal, or why the command could not be started. */
	ended: string;
	stdout: string;
	/** Standard output and standard error, as they came. */
	output: string;
}

/**
 * Runs a command to its end and collects what it prints. It never throws: a command that fails, or doesn't exist, is
 * an answer too. If this program ends first, the command ends with it.
 */
export async function run(command: string, args: string[], cwd?: string): Promise<Ran> {
	const ran = await execa(command, args, {
		...(cwd !== undefined && { cwd }),
		reject: false,
		all: true,
		stdin: 'ignore',
		stripFinalNewline: false,
	});
	const { failed, exitCode, signal, stdout = '', all: output = '' } = ran;
	// Where the command could not be started there is neither code nor signal, but a message.
	const { originalMessage } = ran as Partial<execa.ExecaError>;
	const code = exitCode === undefined ? originalMessage : `exit code ${exitCode}`;
	return { ok: !failed, ended: signal ?? code ?? 'not started', stdout, output };
}

/** The last lines of a text that say something, indented, to be shown below a message. */
export function lastLines(text: string, count: number): string {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	return lines
		.slice(-count)
		.map((line) => `  ${line}`)
		.join('\n');
}
