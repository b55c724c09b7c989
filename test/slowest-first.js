const { basename } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/** Files that take longest, by name. In a fresh clone jest knows no times yet, and would begin with the largest files. */
const SLOWEST = [
	'trigger.e2e',
	'workers.e2e',
	'queue.e2e',
	'examples.e2e',
	'credential.e2e',
	'install.e2e',
	'editor-forms.e2e',
	'editor.e2e',
	'matrix',
	'worlds',
	'tarball',
	'dialects',
	'runs',
	'many',
	'secrets',
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
