/** The end-to-end tests: a real n8n in each, three at a time. `npm run test:e2e -- editor` runs one of them. */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: ['**/*.e2e.ts'],
	globalSetup: '<rootDir>/test/e2e/pack.ts',
	// trigger.e2e.ts and alert.e2e.ts wait nearly all of their time for n8n's polls; others run beside them.
	maxWorkers: 3,
	// For machines that are busy: nothing here takes half of it when all goes well.
	testTimeout: 120_000,
};
