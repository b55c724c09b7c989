/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- a command-line program: it prints and ends */
/** `npm run bench`: this node beside other ways to do its work, in a real n8n; see `npm run bench -- --help`. */
import { Command, Option } from 'commander';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { Problem } from '../n8n';
import { drawTimes } from './charts';
import { BENCH_FOLDER, openStand, type Done } from './measure';
import { pageWith, panelsOf, sectionOf } from './page';
import { PARTS, PLAN, type Part, type Work } from './plan';

interface Choices {
	part: Part[];
	quick: boolean;
}

function readChoices(): Choices {
	return new Command('npm run bench --')
		.description(
			'Measures the node in a real n8n against a simulator, beside HTTP Request and a node that goes item by item; ' +
				'writes docs/benchmarks.md and the pictures in docs/images. ' +
				'45 to 90 minutes, by the processor: targets 18 to 40, distance 3 to 6, more 6 to 12, growth 17 to 30, profile 1.',
		)
		.addOption(
			new Option('--part <names...>', 'run only these; the others stay as the page has them')
				.choices(PARTS)
				.default(PARTS, 'all'),
		)
		.option(
			'--quick',
			`a tenth of the rows, each once: to see whether the bench works; written to ${BENCH_FOLDER}`,
			false,
		)
		.parse()
		.opts<Choices>();
}

/** A tenth of the rows, each subject once. */
function small(work: Work): Work {
	const tenth = (number: number) => Math.max(1, Math.round(number / 10));
	return {
		...work,
		accounts: tenth(work.accounts),
		customers: tenth(work.customers),
		subjects: work.subjects.map(([subject]) => [subject, 1]),
	};
}

function thisMachine(): { machine: string; cores: number; load: number } {
	const [processor, ...others] = cpus();
	const cores = 1 + others.length;
	const memory = Math.round(totalmem() / 1024 ** 3);
	const [load = 0] = loadavg();
	return {
		machine: `${processor?.model.trim() ?? 'unknown'}, ${cores} cores, ${memory} GB, ${platform()} ${release()}, ${arch()}`,
		cores,
		load,
	};
}

async function main(): Promise<void> {
	const { part: parts, quick } = readChoices();
	const startedAt = Date.now();
	// Its load before the bench itself builds, packs and starts n8n.
	const machine = thisMachine();
	const progress = (line: string) =>
		console.error(`${String(Math.round((Date.now() - startedAt) / 1_000)).padStart(4)} s  ${line}`);
	const stand = await openStand(progress);
	const stop = (signal: NodeJS.Signals) => {
		progress(`Stopping (${signal})`);
		void stand.close().then(() => process.exit(130));
	};
	process.once('SIGINT', stop).once('SIGTERM', stop);
	const docs = resolve(__dirname, '../../docs');
	const folder = quick ? BENCH_FOLDER : docs;
	await mkdir(join(folder, 'images'), { recursive: true });
	let page = await readFile(join(docs, 'benchmarks.md'), 'utf8');
	try {
		for (const part of parts) {
			progress(`${part}; ${machine.machine}, load ${machine.load.toFixed(2)}`);
			const date = new Date();
			const done: Done[] = [];
			const works: Work[] = PLAN[part];
			for (const work of works) {
				done.push(await stand.do(quick ? small(work) : work, part === 'profile'));
			}
			const section = sectionOf(part, done, {
				...machine,
				date: date.toISOString().slice(0, 10),
				seconds: (Date.now() - date.getTime()) / 1_000,
				versions: stand.versions,
			});
			page = await pageWith(page, part, section);
			await writeFile(join(folder, 'benchmarks.md'), page);
			if (part === 'targets') {
				await writeFile(join(folder, 'images/benchmarks.svg'), drawTimes(panelsOf(done)));
			}
			console.log(section);
		}
	} finally {
		await stand.close();
	}
	progress(`Written to ${folder}`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Problem ? `\n${error.message}` : error);
	process.exitCode = 1;
});
