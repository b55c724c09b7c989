import {
	amount,
	boolean,
	fieldNames,
	ids,
	number,
	oneOf,
	orElse,
	severalOf,
} from '../../nodes/Juspay/account/kinds';
import type { Kind } from '../../nodes/Juspay/account/kinds';
import { checked } from './checked';

const STATUSES = oneOf([
	{ value: 'ACTIVE', name: 'Active' },
	{ value: 'IN_REVIEW', name: 'Under Review' },
]);
const SOME = severalOf([
	{ value: 'ACTIVE', name: 'Active' },
	{ value: 'PENDING', name: 'Pending' },
	{ value: 'IN_REVIEW', name: 'Under Review' },
]);
const COUNT = number({ min: 1, max: 100 });

const NOTHING = [undefined, null, '', '  ', '\u00a0', '\u200b'];

it.each<[string, Kind<unknown>, unknown, unknown[]]>([
	['true', boolean, true, [true, 'true', 'TRUE', ' True\n', 1, '1', 'yes', 'true\u00a0']],
	['false', boolean, false, [false, 'false', 'FALSE ', 0, '0', 'No']],
	['a number', COUNT, 7, [7, '7', ' 7 ', '7.0', '+7', '007', 7n]],
	['seconds', number({ min: 0, max: 60, fractions: true }), 2.5, [2.5, '2.5 ', '2.50']],
	['the lowest', COUNT, 1, [1]],
	['the highest', COUNT, 100, [100]],
	['one of several', STATUSES, 'ACTIVE', ['ACTIVE', 'active', ' Active\n']],
	['one by its label', STATUSES, 'IN_REVIEW', ['in_review', 'underReview', 'UNDER_REVIEW ']],
	[
		'several',
		SOME,
		['ACTIVE', 'PENDING'],
		[
			['ACTIVE', 'PENDING'],
			['active ', null, 'Pending', 'ACTIVE'],
			'ACTIVE,PENDING',
			'active, pending',
			'active; pending',
			'active\r\npending\n',
			'active  pending',
			'["ACTIVE","PENDING"] ',
		],
	],
	['several by their labels', SOME, ['IN_REVIEW', 'ACTIVE'], ['Under Review, Active']],
	['one as several', SOME, ['ACTIVE'], ['active', ['ACTIVE']]],
	[
		'IDs',
		ids,
		['cst_a', '1122'],
		[
			['cst_a', 1122],
			['cst_a ', '1122', 'cst_a', ''],
			'cst_a,1122',
			'cst_a; 1122',
			'cst_a 1122',
			'cst_a\n\n1122\n',
			'["cst_a", 1122]',
			' ["cst_a","1122"]\n',
		],
	],
	['an amount', amount, '1.50', ['1.50', ' 1.50\n', '1.50\u200b']],
	['an amount as a number', amount, '2.5', [2.5]],
	['the highest amount', amount, '10', [10, '10']],
	[
		'names of fields',
		fieldNames,
		['row', 'a b'],
		[
			['row', 'a b'],
			'row, a b',
			'row;a b',
			'row\r\na b\n',
			' ["row", "a b"]',
			['row ', 'a b', 'row', ''],
		],
	],
	['a number as the name of a field', fieldNames, ['7'], [[7], '7', '[7]']],
	['one ID', ids, ['1122'], [1122, '1122', [1122], 1122n]],
])('%s is read as meant', (_, kind, meant, given) => {
	for (const value of given) expect(kind('Field', value)).toEqual(meant);
});

it.each<[string, Kind<unknown>, unknown[]]>([
	['a boolean', boolean, ['maybe', 2, -1, '', null, [true], {}, NaN]],
	['a number', COUNT, [0, 101, -1, 1.5, '1.5', 'two', '0x10', '1e1', '1,000', NaN, Infinity, true]],
	['one of several', STATUSES, ['DONE', 1, ['ACTIVE'], {}, 'ACTIVE PENDING']],
	['several', SOME, ['DONE', 'active, done', ['ACTIVE', 1], {}, 5]],
	[
		'an amount',
		amount,
		['11', 10.01, 'one', '1.555', '1e0', 'x1', '1x', '1234567', 0, -1, {}, [1], true],
	],
	['names', fieldNames, [{}, [{}], true, 7, '[7', ['row', null]]],
	['IDs', ids, [{}, [{}], true, ['a\nb'], 'é']],
])('what is no %s is refused, in its field, without naming it', (_, kind, given) => {
	for (const value of given) {
		const read = checked(() => kind('Field', value));
		expect(read).toEqual({ problem: expect.objectContaining({ field: 'Field' }) as unknown });
		expect(JSON.stringify(read)).not.toMatch(/maybe|DONE/);
	}
});

it.each<[string, Kind<unknown>]>([
	['boolean', boolean],
	['number', COUNT],
	['oneOf', STATUSES],
	['severalOf', SOME],
	['ids', ids],
	['amount', amount],
])('nothing at all is no %s, unless there is something in its place', (_, kind) => {
	for (const value of NOTHING) {
		expect(checked(() => kind('Field', value))).toHaveProperty('problem.wrong', 'has no value');
		expect(orElse(kind, 'other')('Field', value)).toBe('other');
	}
});

it.each<[string, Kind<unknown>, unknown]>([
	['is not a whole number from 1 to 100', COUNT, 'two'],
	['is not a number from 0 to 60', number({ min: 0, max: 60, fractions: true }), 'two'],
	['is more than 10 INR, too much for a penny drop', amount, 10.01],
	['is not an amount of money', amount, '0'],
	['is not a list of names', fieldNames, {}],
	['is a list', boolean, [true]],
	['is an object', COUNT, {}],
])('what is wrong is said: %s', (wrong, kind, value) => {
	expect(checked(() => kind('Field', value))).toHaveProperty('problem.wrong', wrong);
});
