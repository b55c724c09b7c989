import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

/** The folders of the tests: the unit tests, and a few small worlds. */
const FOLDERS = ['test/unit', 'test/mutation'];

/** Files whose tests are about papers, packages and tools, or measure time. */
const LEFT_OUT = new Set(
	['codex', 'hostile', 'images', 'leaks', 'package', 'papers', 'readme'].map(
		(name) => `${name}.test.ts`,
	),
);

/** With TESTS=words,client only these files: quicker, and less is noticed. */
const ASKED = process.env.TESTS?.split(',').map((name) => `${name}.test.ts`);

/** Tests that read the sources themselves: in here, these have all mutants in them. */
const READS_SOURCES = /^messages\.test\.ts .* (?:has every sentence|would miss|has a message of)/;

/** How many cases a property is tried with, unless it asks for more. */
const RUNS = 30;

/**
 * What a change to a constant or a table may be noticed by: no test that takes longer, in milliseconds. The whole code
 * is loaded again for such a change, and any test might notice it.
 */
const SLOW_TEST = 500;

/** How long each test takes without a mutant: in Stryker's copy of the project. */
const KNOWN_FILE = 'known.json';

/**
 * The page of messages notices changed words. It is asked last, about texts that no other test has missed and files that
 * have little else, and starts from code that is loaded again, as does what comes after it: the node's memory of earlier
 * runs stays in the process.
 */
const PAGE = 'messages.test.ts';
const isOfPage = (id) => id.startsWith(`${PAGE} `);
const mayChangeWords = ({ mutatorName, replacement }, file) =>
	file.endsWith('messages.ts') || (mutatorName === 'StringLiteral' && replacement.length === 2);

/** Files that remember something in the process: each of their mutants starts from code that is loaded again. */
const REMEMBERS = new Set(['headers.ts', 'session.ts']);

/** Milliseconds that a test may take, beyond ten times what it takes without a mutant. */
const TEST_TIMEOUT = 2_000;

/**
 * Runs the unit tests with what jest itself runs them with, jest-circus and expect, but in one process that stays:
 * @stryker-mutator/jest-runner starts jest anew for each mutant, which takes hours for three thousand of them.
 */
class CircusRunner {
	/** The path of each file of tests. */
	paths = new Map(
		FOLDERS.flatMap((folder) =>
			readdirSync(folder)
				.filter(
					(file) => ASKED?.includes(file) ?? (file.endsWith('.test.ts') && !LEFT_OUT.has(file)),
				)
				.map((file) => [file, join(process.cwd(), folder, file)]),
		),
	);

	require = createRequire(join(process.cwd(), 'package.json'));

	/** Milliseconds that each test takes without a mutant. */
	known = new Map();

	/** Whether a mutant was active when the code was loaded. */
	isStale = true;

	async init() {
		// After a mutant that never ends, Stryker goes on with a new process.
		if (existsSync(KNOWN_FILE)) this.known = new Map(JSON.parse(readFileSync(KNOWN_FILE, 'utf8')));
		// What a mutant throws once its tests are over must not end the process.
		for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, () => {});
		this.require('tsx/cjs/api').register();
		const { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } = (this.circus =
			this.require('jest-circus'));
		const { expect } = this.require('expect');
		const jest = { ...this.require('jest-mock'), setTimeout: () => {} };
		Object.assign(globalThis, {
			jest,
			afterAll,
			afterEach,
			beforeAll,
			beforeEach,
			describe,
			expect,
			it,
			test,
		});
		// The same values in each run; the smallest counterexample isn't needed.
		this.require('fast-check').configureGlobal({ seed: 1, endOnFailure: true, numRuns: RUNS });
		this.circus.addEventHandler((event) => this.onEvent(event));
	}

	capabilities() {
		return { reloadEnvironment: true };
	}

	async dryRun() {
		this.stryker.mutantCoverage = { static: {}, perTest: {} };
		const tests = await this.run([...this.paths.keys()], { bails: false });
		this.known = new Map(tests.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
		writeFileSync(KNOWN_FILE, JSON.stringify([...this.known]));
		return { status: 'complete', tests, mutantCoverage: this.stryker.mutantCoverage };
	}

	async mutantRun({
		activeMutant,
		hitLimit,
		mutantActivation,
		sandboxFileName,
		testFilter,
		disableBail,
	}) {
		let isOfLast = mutantActivation === 'static' || REMEMBERS.has(basename(sandboxFileName));
		if (isOfLast) this.isStale = true;
		Object.assign(this.stryker, {
			activeMutant: activeMutant.id,
			hitLimit,
			hitCount: hitLimit && 0,
		});
		try {
			const quick = [...this.known].filter(([, ms]) => ms < SLOW_TEST).map(([id]) => id);
			const asked = testFilter ?? quick;
			const ids = new Set(asked.filter((id) => !isOfPage(id)));
			const own = `${basename(sandboxFileName, '.ts')}.test.ts`;
			const files = this.quickestFirst(ids).sort((one, other) => (other === own) - (one === own));
			let tests = await this.run(files, { only: ids, bails: !disableBail });
			if (this.stryker.hitCount > hitLimit) return { status: 'timeout' };
			const failedIn = (all) => all.filter(({ status }) => status === 'failed');
			const isPageAsked = asked.some(isOfPage) && mayChangeWords(activeMutant, sandboxFileName);
			if (failedIn(tests).length === 0 && isPageAsked) {
				this.isStale = isOfLast = true;
				tests = await this.run([PAGE], { only: new Set(asked), bails: !disableBail });
			}
			const failed = failedIn(tests);
			return failed.length > 0
				? {
						status: 'killed',
						killedBy: failed.map(({ id }) => id),
						failureMessage: failed[0].failureMessage,
						nrOfTests: tests.length,
					}
				: { status: 'survived', nrOfTests: tests.length };
		} catch (error) {
			return { status: 'error', errorMessage: String(error?.stack ?? error) };
		} finally {
			this.stryker.activeMutant = undefined;
			this.isStale = isOfLast;
		}
	}

	/** The files of these tests: those in which they take the least time come first. */
	quickestFirst(ids) {
		const took = new Map();
		for (const id of ids) {
			const file = id.slice(0, id.indexOf(' '));
			took.set(file, (took.get(file) ?? 0) + this.known.get(id));
		}
		return [...took].sort(([, one], [, other]) => one - other).map(([file]) => file);
	}

	/** Stryker's own state, which the instrumented code reads. */
	get stryker() {
		return (globalThis.__stryker__ ??= {});
	}

	/** Loads the tests of these files, and runs those that are asked for, up to the first that fails. */
	async run(files, { only, bails }) {
		const { describe, getState, resetState, run } = this.circus;
		for (const path of Object.keys(this.require.cache)) {
			if (this.isStale ? !path.includes('node_modules') : path.endsWith('.test.ts')) {
				delete this.require.cache[path];
			}
		}
		resetState();
		for (const file of files) {
			describe(file, () => void this.require(this.paths.get(file)));
		}
		const state = getState();
		this.all = [...testsOf(state.rootDescribeBlock)];
		for (const test of this.all) {
			const id = idOf(test);
			if ((only && !only.has(id)) || READS_SOURCES.test(id)) test.mode = 'skip';
			test.timeout = TEST_TIMEOUT + 10 * (this.known.get(id) ?? TEST_TIMEOUT);
		}
		this.bails = bails;
		this.results = [];
		await run();
		if (state.unhandledErrors.length > 0) throw state.unhandledErrors[0];
		return this.results;
	}

	onEvent({ name, test }) {
		if (name === 'test_start') {
			this.stryker.currentTestId = idOf(test);
			this.startedAt = performance.now();
		}
		if (name !== 'test_done') return;
		const [error] = test.errors.flat();
		const id = idOf(test);
		const timeSpentMs = performance.now() - this.startedAt;
		this.results.push({
			id,
			name: id,
			timeSpentMs,
			...(error ? { status: 'failed', failureMessage: String(error) } : { status: 'success' }),
		});
		if (error && this.bails) for (const left of this.all) left.mode = 'skip';
	}
}

function* testsOf(block) {
	for (const child of block.children) {
		if (child.type === 'test') yield child;
		else yield* testsOf(child);
	}
}

/** A test's names, the file's first. */
function idOf(test) {
	const names = [];
	for (let part = test; part.parent; part = part.parent) names.unshift(part.name);
	return names.join(' ');
}

export const strykerPlugins = [
	{ kind: 'TestRunner', name: 'circus', injectableClass: CircusRunner },
];
