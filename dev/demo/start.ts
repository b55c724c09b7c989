/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- a command-line program: it prints and ends */
/** `npm start`: a workflow with the Juspay node in a real n8n, against the simulator; see `npm start -- --help`. */
import { Command, Option } from 'commander';
import { mkdir } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import execa from 'execa';
import {
	ensureN8n,
	freePort,
	isPortFree,
	OWNER,
	packNode,
	Problem,
	withLock,
	type Execution,
	type Report,
} from '../n8n';
import { wholeNumber } from '../wholeNumber';
import { exampleFile, EXAMPLES, readExample, type Example } from './examples';
import { openStage, type Stage } from './stage';

const PROJECT = resolve(__dirname, '../..');

/** Where the demo's n8n keeps its data from one start to the next; delete it to begin anew. */
const DEMO_FOLDER = join(PROJECT, '.cache/demo');

const NODE_TYPE = 'n8n-nodes-juspay.juspay';

/**
 * Opens a stage as a user would: installs n8n (once), builds and packs the node, installs the package into n8n's
 * community nodes, and starts n8n and the simulator.
 *
 * @param port - for n8n
 * @param report - gets a line per step
 * @param env - more environment variables for n8n
 */
async function openSession(
	port: number,
	report: Report,
	env: Record<string, string> = {},
): Promise<Stage> {
	const { release } = await ensureN8n('v2', report);
	// A database that a newer n8n has written is of no use to an older one.
	const userFolder = join(DEMO_FOLDER, `n8n-${release}`);
	report('Building and packing the node');
	const tarball = await packNode(userFolder);
	const logFile = join(userFolder, 'n8n.log');
	const log = createWriteStream(logFile);
	const stage = await openStage({
		tarball,
		userFolder,
		port,
		env,
		report,
		log: (line) => log.write(`${line}\n`),
	});
	const close = async () => {
		await stage.close();
		log.end();
	};
	if ((await stage.client.nodeTypes()).includes(NODE_TYPE)) return { ...stage, close };
	await close();
	throw new Error(`n8n did not load ${NODE_TYPE}; see ${logFile}`);
}

/** n8n's environment variable for loading a node again when its files change. */
const HOT_RELOAD = { N8N_DEV_RELOAD: 'true' };

/**
 * Builds the node into the n8n of a stage each time a source file changes. `n8n-node dev` does the same, but downloads
 * the newest n8n.
 *
 * @param report - gets what the compiler prints
 * @returns stops it
 */
function rebuildOnChange({ userFolder, node }: Stage, report: Report): () => void {
	const outDir = join(userFolder, '.n8n/nodes/node_modules', node.name, 'dist');
	const compiler = execa('tsc', ['--watch', '--preserveWatchOutput', '--outDir', outDir], {
		cwd: PROJECT,
		preferLocal: true,
		stdin: 'ignore',
		reject: false,
	});
	compiler.stdout?.on('data', (text: Buffer) => {
		for (const line of text.toString().split('\n').filter(Boolean)) report(line);
	});
	return () => compiler.kill();
}

const N8N_PORT = 5678;

interface Choices {
	once: boolean;
	watch: boolean;
	port?: number;
	example: Example;
}

function readChoices(): Choices {
	const [first] = EXAMPLES;
	const { example: name, ...choices } = new Command('npm start --')
		.description(
			'Runs an example workflow in a real n8n, with the node built from here and a stand-in for Juspay.',
		)
		.option('--once', 'end when it has run; the exit code tells whether all went well', false)
		.option(
			'--watch',
			'build the node on each change, and let n8n load it again (npm run dev)',
			false,
		)
		.option(
			'--port <number>',
			`port for n8n (default: ${N8N_PORT}, or another where that is taken)`,
			wholeNumber(1, 65_535),
		)
		.addOption(
			new Option('--example <name>', 'which workflow of examples/')
				.choices(EXAMPLES.map((one) => one.name))
				.default(first.name),
		)
		.addHelpText('after', `\n${listed()}`)
		.parse()
		.opts<Omit<Choices, 'example'> & { example: string }>();
	return { ...choices, example: EXAMPLES.find((one) => one.name === name) ?? first };
}

/** The examples, one a line. */
function listed(): string {
	const width = Math.max(...EXAMPLES.map(({ name }) => name.length)) + 2;
	const lines = EXAMPLES.map(({ name, about }) => `  ${name.padEnd(width)}${about}`);
	return ['Examples, to be run by npm start -- --example <name>:', ...lines].join('\n');
}

/** A port that was asked for must be free; the usual one may be taken, by the user's own n8n for one. */
async function choosePort(asked: number | undefined): Promise<number> {
	if (asked !== undefined) {
		if (await isPortFree(asked)) return asked;
		throw new Problem(
			`Port ${asked} is in use by another program. Choose another one with --port.`,
		);
	}
	if (await isPortFree(N8N_PORT)) return N8N_PORT;
	const port = await freePort();
	console.log(
		`Port ${N8N_PORT} is in use by another program; n8n gets ${port} (choose one with --port).`,
	);
	return port;
}

/** Imports the example, runs it and prints what happened; tells whether all went well. */
async function runExample(stage: Stage, example: Example): Promise<boolean> {
	console.log(`Importing ${exampleFile(example)} and running it\n`);
	const workflow = await readExample(example);
	const { ok, shown, workflowId, execution, links } = await example.run(stage, workflow, (line) =>
		console.log(line),
	);

	const { url, simulator, installed, node } = stage;
	const versions = `n8n ${installed.release} with ${node.name} ${node.version}`;
	console.log(`\n"${workflow.name}" in ${versions}${outcomeOf(execution)}\n`);
	console.log(shown);
	const open: Record<string, string> = {
		Workflow: `${url}/workflow/${workflowId}`,
		...(execution && { Execution: `${url}/workflow/${workflowId}/executions/${execution.id}` }),
		...links,
		'Sign in': `${OWNER.email}, password ${OWNER.password}`,
		Juspay: `a simulator at ${simulator.url}: no key, no money`,
	};
	const lines = Object.entries(open).map(([what, where]) => `${what.padEnd(12)}${where}`);
	console.log(`\n${lines.join('\n')}\n`);
	if (!ok) console.log('Something is not as it should be: see above.');
	return ok;
}

function outcomeOf(execution: Execution | undefined): string {
	if (!execution) return '';
	const { id, status, error } = execution;
	const stopped = error ? `\nThe workflow stopped in "${error.node}": ${error.message}` : '';
	return `, execution ${id}: ${status}${stopped}`;
}

/** Set while n8n and the simulator run. */
let stage: Stage | undefined;
let stopping = false;

async function demo({ once, watch, port, example }: Choices): Promise<boolean> {
	const say = (line: string) => console.log(line);
	stage = await openSession(await choosePort(port), say, watch ? HOT_RELOAD : {});
	try {
		const ok = await runExample(stage, example);
		if (once) return ok;
		say(`${listed()}\n`);
		say(
			'n8n and the simulator run until you press Ctrl-C. The next start resets the example;\n' +
				'to keep your changes, make them in a duplicate of it.',
		);
		const stopWatching = watch ? rebuildOnChange(stage, say) : () => undefined;
		await stage.ended.finally(stopWatching);
		if (!stopping) throw new Problem(`n8n has ended by itself; its log is in ${DEMO_FOLDER}.`);
		return true;
	} finally {
		await stage.close();
	}
}

async function stopOn(signal: NodeJS.Signals): Promise<void> {
	if (stopping) return;
	stopping = true;
	console.log(`\nStopping (${signal}) …`);
	await stage?.close();
	process.exit(stage ? 0 : 130);
}

async function main(): Promise<void> {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => void stopOn(signal));
	}
	const choices = readChoices();
	await mkdir(DEMO_FOLDER, { recursive: true });
	const onWait = () =>
		console.log('The demo is running already in this folder; waiting for its end …');
	const ok = await withLock(join(DEMO_FOLDER, 'lock'), onWait, () => demo(choices));
	process.exitCode = ok ? 0 : 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Problem ? `\n${error.message}` : error);
	process.exitCode = 1;
});
