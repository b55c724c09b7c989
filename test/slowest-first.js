const { basename } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/** Files that take longest, by name. In a fresh clone jest knows no times yet, and would begin with the largest files. */
const SLOWEST = [
	'trigger.e2e',
	'examples.e2e',
	'workers.e2e',
	'alert.e2e',
	'queue.e2e',
	'matrix',
	'editor-forms.e2e',
	'editor.e2e',
	'worlds',
	'dialects',
	'exactly-once',
];

const rank = ({ path }) => {
	const place = SLOWEST.findIndex(
		(name) => basename(path).startsWith(name) || path.includes(`/${name}/`),
	);
	return place < 0 ? SLOWEST.length : place;
};

/** Begins with the slowest files, so that none of them is left to run alone at the end. */
module.exports = class SlowestFirst extends Sequencer {
	sort(tests) {
		return super.sort(tests).sort((one, other) => rank(one) - rank(other));
	}
};
