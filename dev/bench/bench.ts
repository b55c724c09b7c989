/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- a command-line program: it prints and ends */
/** `npm run bench`: this node beside other ways to do its work, in a real n8n; see `npm run bench -- --help`. */
import { Command } from 'commander';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Problem } from '../n8n';
import { drawTimes } from './chart';
import { thisMachine } from './machine';
import { FULL, QUICK } from './plan';
import { panelsOf, reportOf } from './report';
import { runPlan } from './run';
import { BENCH_FOLDER, openStand } from './stand';

interface Choices {
	quick: boolean;
	profile: boolean;
}

function readChoices(): Choices {
	return new Command('npm run bench --')
		.description(
			'Measures the node in a real n8n against a simulator, beside HTTP Request and a node that goes item by item; ' +
				'prints the results and writes them to docs/benchmarks.md and docs/images/benchmarks.svg. About 12 minutes.',
		)
		.option(
			'--quick',
			`a fifth of the rows, each once; written to ${BENCH_FOLDER} instead of docs/`,
			false,
		)
		.option('--profile', `also write CPU profiles of this node to ${BENCH_FOLDER}`, false)
		.parse()
		.opts<Choices>();
}

async function main(): Promise<void> {
	const { quick, profile } = readChoices();
	const date = new Date();
	const machine = thisMachine();
	const elapsed = () => (Date.now() - date.getTime()) / 1_000;
	const progress = (line: string) =>
		console.error(`${elapsed().toFixed(0).padStart(4)} s  ${line}`);
	progress(`${machine.cpu}; load over 1, 5 and 15 minutes: ${machine.load.join(', ')}`);

	const stand = await openStand(progress);
	const stop = (signal: NodeJS.Signals) => {
		progress(`Stopping (${signal})`);
		void stand.close().then(() => process.exit(130));
	};
	process.once('SIGINT', stop).once('SIGTERM', stop);
	try {
		const results = await runPlan(stand, quick ? QUICK : FULL, progress, profile);
		const circumstances = { machine, versions: stand.versions, date, seconds: elapsed() };
		const report = await reportOf(results, circumstances);
		const folder = quick ? BENCH_FOLDER : resolve(__dirname, '../../docs');
		await write(join(folder, 'benchmarks.md'), report);
		await write(join(folder, 'images/benchmarks.svg'), await drawTimes(panelsOf(results)));
		console.log(report);
		progress(`Written to ${folder}`);
	} finally {
		await stand.close();
	}
}

async function write(file: string, text: string): Promise<void> {
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, text);
}

main().catch((error: unknown) => {
	console.error(error instanceof Problem ? `\n${error.message}` : error);
	process.exitCode = 1;
});
