/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- this runs on a developer's machine, never inside n8n */
import { spawn } from 'node:child_process';

/** How a command ended. */
export interface Ran {
	ok: boolean;
	/** For people: the exit code, the signal, or why the command could not be started. */
	ended: string;
	stdout: string;
	/** Standard output and standard error, as they came. */
	output: string;
}

/**
 * Runs a command to its end and collects what it prints. It never throws: a command that fails, or does not exist,
 * is an answer like another. Should this program end first, the command ends too.
 * (execa would do this, but can't be loaded by tsx and jest in a CommonJS project.)
 */
export function run(command: string, args: string[], cwd?: string): Promise<Ran> {
	return new Promise((resolve) => {
		const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
		const kill = () => child.kill();
		process.once('exit', kill);
		let stdout = '';
		let output = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			stdout += text;
			output += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			output += text;
		});
		child.on('error', (error) => resolve({ ok: false, ended: error.message, stdout, output }));
		child.on('close', (code, signal) => {
			process.off('exit', kill);
			resolve({ ok: code === 0, ended: signal ?? `exit code ${code}`, stdout, output });
		});
	});
}

/** The last lines of a text that say something, indented, to be shown below a message. */
export function lastLines(text: string, count: number): string {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	return lines
		.slice(-count)
		.map((line) => `  ${line}`)
		.join('\n');
}
