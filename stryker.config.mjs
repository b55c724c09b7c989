/**
 * Mutation testing: `npm run test:mutation`. What survives and why stands in test/mutation/README.md.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	mutate: [
		'nodes/Juspay/lists.ts',
		'nodes/Juspay/domain/**/*.ts',
		'nodes/Juspay/api/{contract,meaning,words,redact,parseJson,pauses}.ts',
		'nodes/Juspay/api/exactlyOnce/{customerLocks,emptyLists,sentValidations}.ts',
		'nodes/Juspay/api/exactlyOnce/createAccounts/wantedAccounts.ts',
		'nodes/Juspay/trigger/{changes,outages}.ts',
	],
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	jest: {
		config: {
			testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
			dependencyExtractor: '<rootDir>/test/mutation/dependencies.js',
			// They wait, measure, or stand for what isn't mutated here.
			testPathIgnorePatterns: [
				'/test/unit/(client|createAccounts|transport|hostile|outputs|package|readme|images)\\.test\\.ts$',
			],
			setupFiles: ['<rootDir>/test/mutation/setup.ts'],
			reporters: [],
			silent: true,
		},
	},
	coverageAnalysis: 'perTest',
	incremental: true,
	incrementalFile: '.cache/mutation/incremental.json',
	jsonReporter: { fileName: '.cache/mutation/mutation.json' },
	htmlReporter: { fileName: '.cache/mutation/mutation.html' },
	reporters: ['clear-text', 'progress', 'json'],
	clearTextReporter: { logTests: false, reportTests: false, skipFull: true },
	warnings: { slow: false },
	// A busy machine is no endless loop.
	timeoutMS: 15_000,
	tempDirName: '.cache/mutation/tmp',
	ignorePatterns: [
		'.cache',
		'dist',
		'docs',
		'examples',
		'test/{e2e,engine,examples,faults,soak,workflows,worlds}',
	],
	concurrency: 1,
	thresholds: { high: 95, low: 90, break: 90 },
};
