'use strict';

/** Ends a jest run with the one line that the gate reads: `N passed, N failed`. */
module.exports = class ClosingLine {
	onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
		const line = `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`;
		// jest prints its own summary after its reporters.
		process.once('exit', () => process.stdout.write(`\n${line}\n`));
	}
};
