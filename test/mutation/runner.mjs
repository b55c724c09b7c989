import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

/** They wait, measure time, or test what isn't mutated. */
const OTHERS =
	/^(client|createAccounts|credential|deadlines|fuzz|hostile|images|limiter|lookAgain|nodeError|outputs|package|readme|transport)\.test\.ts$/;

/** Milliseconds that a test may take. */
const TEST_TIMEOUT = 10_000;

/**
 * Runs the unit tests with what jest itself runs them with, jest-circus and expect, but in one process that stays:
 * @stryker-mutator/jest-runner starts jest anew for each mutant, which takes hours for three thousand of them.
 */
class CircusRunner {
	/** The folder of the tests' files. */
	folder = join(process.cwd(), 'test/unit');

	require = createRequire(join(process.cwd(), 'package.json'));

	/** The file of each test. */
	fileOf = new Map();

	/** Whether a mutant was active when the code was loaded. */
	isStale = true;

	async init() {
		this.require('tsx/cjs/api').register();
		const { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } = (this.circus =
			this.require('jest-circus'));
		const { expect } = this.require('expect');
		Object.assign(globalThis, {
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
		this.require('fast-check').configureGlobal({ seed: 1, endOnFailure: true });
		this.circus.addEventHandler((event) => this.onEvent(event));
		this.files = readdirSync(this.folder).filter(
			(file) => file.endsWith('.test.ts') && !OTHERS.test(file),
		);
	}

	capabilities() {
		return { reloadEnvironment: true };
	}

	async dryRun() {
		this.stryker.mutantCoverage = { static: {}, perTest: {} };
		const tests = await this.run(this.files, { bails: false });
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
		const isStatic = mutantActivation === 'static';
		if (isStatic) this.isStale = true;
		Object.assign(this.stryker, {
			activeMutant: activeMutant.id,
			hitLimit,
			hitCount: hitLimit && 0,
		});
		try {
			const own = `${basename(sandboxFileName, '.ts')}.test.ts`;
			const files = testFilter
				? [...new Set(testFilter.map((id) => this.fileOf.get(id)))]
				: [...this.files].sort((one, other) => (other === own) - (one === own));
			const tests = await this.run(files, {
				only: testFilter && new Set(testFilter),
				bails: !disableBail,
			});
			if (this.stryker.hitCount > hitLimit) return { status: 'timeout' };
			const failed = tests.filter(({ status }) => status === 'failed');
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
			this.isStale = isStatic;
		}
	}

	/** Stryker's own state, which the instrumented code reads. */
	get stryker() {
		return (globalThis.__stryker__ ??= {});
	}

	/** Loads the tests of these files, and runs those that are asked for, up to the first that fails. */
	async run(files, { only, bails }) {
		const { describe, getState, resetState, run } = this.circus;
		const code = this.isStale ? join(process.cwd(), 'nodes') : this.folder;
		for (const path of Object.keys(this.require.cache)) {
			if (path.startsWith(this.folder) || path.startsWith(code)) delete this.require.cache[path];
		}
		resetState();
		for (const file of files) {
			describe(file, () => void this.require(join(this.folder, file)));
		}
		const state = getState();
		state.testTimeout = TEST_TIMEOUT;
		this.all = [...testsOf(state.rootDescribeBlock)];
		for (const test of this.all) if (only && !only.has(idOf(test))) test.mode = 'skip';
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
		this.fileOf.set(id, id.slice(0, id.indexOf(' ')));
		this.results.push({
			id,
			name: id,
			timeSpentMs: performance.now() - this.startedAt,
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
