/** The end-to-end tests: a real n8n in each, four at a time. `npm run test:e2e -- editor` runs one of them. */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: ['**/*.e2e.ts'],
	globalSetup: '<rootDir>/test/e2e/pack.ts',
	// trigger.e2e.ts waits nearly all of its time for n8n's polls; of the others, each waits for a browser, n8n or Juspay.
	maxWorkers: 4,
	// For machines that are busy: nothing here takes half of it when all goes well.
	testTimeout: 120_000,
};
