/** The end-to-end tests: a real n8n in each, two at a time. `npm run test:e2e -- editor` runs one of them. */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	testMatch: ['**/*.e2e.ts'],
	globalSetup: '<rootDir>/test/e2e/pack.ts',
	// The examples wait most of the time, for schedules and validations; the others run beside them.
	maxWorkers: 2,
	// For machines that are busy: nothing here takes half of it when all goes well.
	testTimeout: 120_000,
};
