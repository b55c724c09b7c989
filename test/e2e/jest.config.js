/** The end-to-end tests: a real n8n in each, so one after the other. `npm run test:e2e -- editor` runs one of them. */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: ['**/*.e2e.ts'],
	globalSetup: '<rootDir>/test/e2e/pack.ts',
	maxWorkers: 1,
	// For machines that are busy: nothing here takes half of it when all goes well.
	testTimeout: 120_000,
};
