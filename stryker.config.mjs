/**
 * Mutation testing, `npm run test:mutation`: changes the code in one place after another, and sees whether a unit test
 * notices. What none notices, and why that is fine, stands in test/mutation/README.md. Nothing is left out.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	mutate: [
		'nodes/Juspay/lists.ts',
		'nodes/Juspay/{account,wire,http,once}/**/*.ts',
		'nodes/Juspay/trigger/memory.ts',
	],
	testRunner: 'circus',
	plugins: ['./test/mutation/runner.mjs'],
	coverageAnalysis: 'perTest',
	concurrency: 1,
	// A busy machine is no endless loop.
	timeoutMS: 6_000,
	incremental: true,
	incrementalFile: '.cache/mutation/incremental.json',
	reporters: ['clear-text', 'progress', 'json'],
	clearTextReporter: { logTests: false, reportTests: false, skipFull: true },
	jsonReporter: { fileName: '.cache/mutation/mutation.json' },
	htmlReporter: { fileName: '.cache/mutation/mutation.html' },
	thresholds: { high: 92, low: 80, break: 80 },
	warnings: { slow: false },
	tempDirName: '.cache/mutation/tmp',
	ignorePatterns: [
		'.cache',
		'dist',
		'docs/**',
		'!docs/messages.md',
		'examples',
		'test/{e2e,engine,examples,faults,soak,workflows}',
	],
};
