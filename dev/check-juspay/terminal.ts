/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- reads from the terminal */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Nothing that is typed shows. */
class Muted extends Writable {
	override _write(_chunk: unknown, _encoding: string, done: () => void): void {
		done();
	}
}

/** Asks for a secret: from a terminal without echo, else the first line of what is piped in. */
export async function askSecret(question: string): Promise<string> {
	const { stdin, stderr } = process;
	const lines = createInterface({ input: stdin, output: new Muted(), terminal: stdin.isTTY });
	try {
		if (!stdin.isTTY) {
			for await (const line of lines) return line.trim();
			return '';
		}
		stderr.write(question);
		const secret = await lines.question('');
		stderr.write('\n');
		return secret.trim();
	} finally {
		lines.close();
	}
}

/** Asks for a yes; without a terminal nobody can give one. */
export async function confirm(question: string): Promise<boolean> {
	const { stdin, stderr } = process;
	if (!stdin.isTTY) return false;
	const lines = createInterface({ input: stdin, output: stderr });
	try {
		return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
	} finally {
		lines.close();
	}
}
