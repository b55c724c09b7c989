const { availableParallelism } = require('node:os');

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
	// More than cores: a good part of the time of some files is waiting for time-outs and pauses.
	maxWorkers: Math.ceil(1.5 * availableParallelism()),
	// A busy machine ends a process later than half a second after it was told to.
	workerGracefulExitTimeout: 10_000,
	testSequencer: '<rootDir>/test/slowest-first.js',
	reporters: ['default', '<rootDir>/test/closing-line.js'],
	transform: {
		'\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
	},
};
