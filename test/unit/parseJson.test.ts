import fc from 'fast-check';
import { parseJson } from '../../nodes/Juspay/http/body';
import { anyText } from './arbitraries';

describe('JSON from outside', () => {
	it.each([
		['{"account_number":123456789012345678}', { account_number: '123456789012345678' }],
		['{"account_number": 9007199254740993 }', { account_number: '9007199254740993' }],
		[
			'[0.12345678901234567,123456789012345678]',
			[Number('0.12345678901234567'), '123456789012345678'],
		],
		['[123456789012345678,-123456789012345678]', ['123456789012345678', '-123456789012345678']],
		['{"a":\n123456789012345678}', { a: '123456789012345678' }],
		['{"a":"b: 123456789012345678"}', { a: 'b: 123456789012345678' }],
		[
			String.raw`{"a":"\": 123456789012345678,","b":123456789012345678}`,
			{ a: '": 123456789012345678,', b: '123456789012345678' },
		],
		[String.raw`{"a\\":123456789012345678}`, { 'a\\': '123456789012345678' }],
	])('%s keeps its digits', (text, value) => {
		expect(parseJson(text)).toEqual(value);
	});

	it.each([
		'{"a":9007199254740991}',
		'{"a":123456789012345}',
		'{"a":1234567890123456.5}',
		'{"a":12345678901234567e3}',
		'{"a":0.12345678901234567}',
		'{"a":1e21,"b":-1,"c":true,"d":null}',
	])('%s is read as ever', (text) => {
		expect(parseJson(text)).toEqual(JSON.parse(text));
	});

	it.each([
		'',
		'{',
		'x',
		'<html>',
		'[123456789012345678',
		'"123456789012345678',
		'[0123456789012345678]',
	])('%j is none', (text) => {
		expect(parseJson(text)).toBeUndefined();
	});

	it('is read as ever without such numbers', () => {
		fc.assert(
			fc.property(fc.json(), (text) => {
				const hasLongNumber = /\d{16}/.test(text);
				expect(
					hasLongNumber || JSON.stringify(parseJson(text)) === JSON.stringify(JSON.parse(text)),
				).toBe(true);
			}),
		);
	});

	it('is changed nowhere else', () => {
		const value = fc.letrec((tie) => ({
			any: fc.oneof(anyText(), fc.bigInt({ min: 10n ** 17n, max: 10n ** 20n }), tie('list')),
			list: fc.array(tie('any'), { maxLength: 4 }),
		})).any;
		const write = (it: unknown, quote: boolean): string =>
			Array.isArray(it)
				? `[${it.map((entry) => write(entry, quote)).join(', ')}]`
				: typeof it === 'bigint' && !quote
					? String(it)
					: JSON.stringify(String(it));
		fc.assert(
			fc.property(value, (it) => {
				expect(parseJson(write(it, false))).toEqual(JSON.parse(write(it, true)));
			}),
		);
	});
});
