/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- this runs on a developer's machine, never inside n8n */
/**
 * A program of its own, between the one that starts n8n and n8n: it keeps n8n from outliving its starter. Its
 * standard input is a pipe from the starter; the system closes that pipe however the starter ends, SIGKILL included.
 *
 *     node --import tsx keeper.ts <command> [arguments]
 */
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
if (command === undefined) throw new Error('keeper.ts: no command given');

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('error', (error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(127);
});
child.on('exit', (code) => process.exit(code ?? 1));

// Signals go to the whole process group, so the child has them as well: wait for its end, don't run ahead of it.
process.on('SIGTERM', () => undefined);
process.on('SIGINT', () => undefined);

// Zero means the own group: n8n, its task runners, and this program.
process.stdin.on('close', () => process.kill(0, 'SIGKILL'));
process.stdin.resume();
