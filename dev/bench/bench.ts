/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- a command-line program: it prints and ends */
/** `npm run bench`: this node beside other ways to do its work, in a real n8n; see `npm run bench -- --help`. */
import { Command, Option } from 'commander';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Problem } from '../n8n';
import { drawGrowth, drawTimes } from './charts';
import { loadResults, saveResults, thisMachine } from './figures';
import { runPlan } from './measure';
import { PARTS, planOf, type Part } from './plan';
import { Report } from './report';
import { BENCH_FOLDER, openStand } from './stand';

interface Choices {
	part: Part[];
	quick: boolean;
	report: boolean;
}

function readChoices(): Choices {
	return new Command('npm run bench --')
		.description(
			'Measures the node in a real n8n against a simulator, beside HTTP Request and a node that goes item by item; ' +
				'keeps its figures in dev/bench/results.json and writes docs/benchmarks.md and the charts in docs/images from them. ' +
				'20 minutes to an hour, by the processor: targets 13 to 30, distance 2 to 5, more 3 to 8, growth 4 to 12.',
		)
		.addOption(
			new Option('--part <names...>', 'run only these; the others stay as they were last found')
				.choices(PARTS)
				.default([...PARTS], 'all'),
		)
		.option(
			'--quick',
			`a fifth of the rows, each once; everything is written to ${BENCH_FOLDER}`,
			false,
		)
		.option('--report', 'run nothing, only write the report of what was last found', false)
		.parse()
		.opts<Choices>();
}

async function main(): Promise<void> {
	const { part: parts, quick, report } = readChoices();
	const startedAt = Date.now();
	// Its load before the bench itself builds, packs and starts n8n.
	const machine = thisMachine();
	const secondsSince = (time: number) => (Date.now() - time) / 1_000;
	const progress = (line: string) =>
		console.error(`${secondsSince(startedAt).toFixed(0).padStart(4)} s  ${line}`);
	const resultsFolder = quick ? BENCH_FOLDER : __dirname;
	if (!report) {
		const stand = await openStand(progress);
		const stop = (signal: NodeJS.Signals) => {
			progress(`Stopping (${signal})`);
			void stand.close().then(() => process.exit(130));
		};
		process.once('SIGINT', stop).once('SIGTERM', stop);
		try {
			for (const part of parts) {
				const date = new Date();
				progress(`${part}; ${machine.machine}, load: ${machine.load.join(', ')}`);
				const found = await runPlan(stand, planOf(part, quick), progress);
				const circumstances = {
					date: date.toISOString().slice(0, 10),
					seconds: Math.round(secondsSince(date.getTime())),
					versions: stand.versions,
					...machine,
				};
				const results = await loadResults(resultsFolder);
				await saveResults(resultsFolder, { ...results, [part]: { circumstances, ...found } });
			}
		} finally {
			await stand.close();
		}
	}
	const page = new Report(await loadResults(resultsFolder), quick);
	const folder = quick ? BENCH_FOLDER : resolve(__dirname, '../../docs');
	const text = page.text();
	await write(join(folder, 'benchmarks.md'), text);
	await write(join(folder, 'images/benchmarks.svg'), drawTimes(page.panels()));
	await write(join(folder, 'images/growth.svg'), drawGrowth(page.points()));
	console.log(text);
	console.log(page.headline());
	progress(`Written to ${folder}`);
}

async function write(file: string, text: string): Promise<void> {
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, text);
}

main().catch((error: unknown) => {
	console.error(error instanceof Problem ? `\n${error.message}` : error);
	process.exitCode = 1;
});
