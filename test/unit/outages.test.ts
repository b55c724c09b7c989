import type { Outages } from '../../nodes/Juspay/trigger/outages';
import { outagesAfter } from '../../nodes/Juspay/trigger/outages';

const WATCHED = ['a', 'b', 'c'];

/** Plays polls, each with the customers that it can't read; gives what each reports. */
function play(polls: Array<{ unread: string[]; notReached?: string[] }>) {
	let outages: Outages = {};
	return polls.map(({ unread, notReached = [] }) => {
		const read = WATCHED.filter((id) => !unread.includes(id) && !notReached.includes(id));
		const after = outagesAfter(outages, new Set(unread), new Set(read), WATCHED);
		outages = JSON.parse(JSON.stringify(after.outages)) as Outages;
		return after.due.join();
	});
}

describe('a customer that can not be read', () => {
	it.each<[string, Parameters<typeof play>[0], string[]]>([
		['once is no news', [{ unread: ['a'] }, { unread: [] }, { unread: ['a'] }], ['', '', '']],
		['twice in a row is reported, once', Array(4).fill({ unread: ['a'] }), ['', 'a', '', '']],
		[
			'is reported again after it was read in between',
			[{ unread: ['a'] }, { unread: ['a'] }, { unread: [] }, { unread: ['a'] }, { unread: ['a'] }],
			['', 'a', '', '', 'a'],
		],
		[
			'is reported apart from one that came before',
			[{ unread: ['a'] }, { unread: ['a', 'b'] }, { unread: ['a', 'b'] }],
			['', 'a', 'b'],
		],
		[
			'keeps its count where a poll did not get to it',
			[{ unread: ['a'] }, { unread: [], notReached: ['a'] }, { unread: ['a'] }],
			['', '', 'a'],
		],
		[
			'is reported at once where nobody can be read',
			Array(3).fill({ unread: WATCHED }),
			['a,b,c', '', ''],
		],
	])('%s', (_, polls, expected) => {
		expect(play(polls)).toEqual(expected);
	});

	it('is forgotten when it is no longer watched', () => {
		const { outages } = outagesAfter({ old: { polls: 3 } }, new Set(), new Set(['a']), ['a']);
		expect(outages).toEqual({});
	});
});

describe('a customer that a poll did not get to', () => {
	it('is not kept where nothing was known of it', () => {
		const { outages } = outagesAfter({}, new Set(), new Set(['a']), WATCHED);
		expect(Object.keys(outages)).toEqual([]);
	});
});
