import { parseBody } from '../../nodes/Juspay/api/transport';

describe('a body is parsed', () => {
	it.each([
		['{"account_number":912345678901234567}', { account_number: '912345678901234567' }],
		['[ 1234567890123456 , 12]', ['1234567890123456', 12]],
		[
			'{"a":"912345678901234567, \\"b\\":912345678901234567"}',
			{ a: '912345678901234567, "b":912345678901234567' },
		],
		[
			'{"a":0.12345678901234567,"b":12345678901234567.25,"c":1e3}',
			{ a: Number('0.12345678901234567'), b: Number('12345678901234567.25'), c: 1000 },
		],
		['null', null],
	])('with every digit of a whole number: %s', (text, body) => {
		expect(parseBody(text)).toEqual(body);
	});

	it.each(['', '<html>1234567890123456</html>', '{"a":'])(
		'as none where it is none: %s',
		(text) => {
			expect(parseBody(text)).toBeUndefined();
		},
	);
});
