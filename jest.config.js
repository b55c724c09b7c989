/** Sources run as they are: swc strips the types, `npm run types` checks them. */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	modulePathIgnorePatterns: ['<rootDir>/.cache', '<rootDir>/dist'],
	// Some tests wait as the node does: for a Retry-After, or for what may still be at work after a lost connection.
	testTimeout: 60_000,
	// Those that run side by side mostly wait, each with a simulator of its own.
	maxConcurrency: 32,
	// By default jest leaves a core idle; more workers than cores make the tests that watch the clock fail.
	maxWorkers: '100%',
	testSequencer: '<rootDir>/test/slowest-first.js',
	reporters: ['default', '<rootDir>/test/closing-line.js'],
	transform: {
		'\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
	},
};
