/* eslint-disable @n8n/community-nodes/no-restricted-globals -- tests run on a developer's machine, never inside n8n */
/** Texts that have stopped expressions before, or might: of one kind throughout, and about this long. */
export function hostileTexts(length: number): Array<[string, string]> {
	const filled = (pattern: string) => pattern.repeat(Math.ceil(length / pattern.length));
	return [
		['one word', filled('a')],
		['one word and a stop', `${filled('a')}!`],
		['only @', filled('@')],
		['only dots', filled('.')],
		['only slashes', filled('/')],
		['only digits', filled('1')],
		['digits and hyphens', filled('1-')],
		['eight digits at a time', filled('12345678 a ')],
		['only blanks', filled(' ')],
		['only zero-width blanks', filled('\u200b')],
		['blanks inside', `1${filled(' ')}1`],
		['zero-width blanks inside', `1${filled('\u200b')}1`],
		['blanks of all kinds inside', `1${filled(' \u00a0\u200b\ufeff\t')}1`],
		['a@ again and again', filled('a@')],
		['a@a. again and again', filled('a@a.')],
		['a@ and a word', `a@${filled('.aa')}!`],
		['five stars again and again', filled('*****@')],
		['stars', filled('*')],
		['percent signs', filled('%40')],
		['the start of URLs', filled('://')],
		['the start of an escape', filled('\\')],
		['quotes', filled('"')],
		['escaped quotes', `"${filled('\\"')}`],
		['opened brackets', filled('[')],
		['opened objects', filled('{"a":')],
		['dates', filled('2023-06-06 ')],
		['addresses', filled('1.1.1.')],
		['amounts', filled('1,000')],
		['digits of another script', filled('०')],
		['full width', filled('＠９')],
		['combining marks', `1${filled('\u0301')}1`],
		['ligatures that unfold', filled('\ufdfa')],
		['characters of two code units', filled('𝟙')],
		['halves of characters', filled('\ud835')],
		['the exponent of a number', `1${filled('e1')}`],
		['IDs', filled('cst_')],
	];
}

/**
 * How long some work keeps n8n from everything else, in milliseconds of CPU time: the best of three, so that neither a
 * busy machine nor a garbage collection counts.
 *
 * @param enough - so short that there is no need for another turn
 */
export function blockOf(work: () => unknown, enough = 5): number {
	let best = Infinity;
	for (let turn = 0; turn < 3; turn++) {
		const wall = performance.now();
		const start = process.cpuUsage();
		work();
		const { user, system } = process.cpuUsage(start);
		// Other threads of the process use the CPU too: the work took no more than the clock says.
		best = Math.min(best, (user + system) / 1000, performance.now() - wall);
		if (best < enough) break;
	}
	return best;
}
