import { findLeaks } from '../leaks/leaks';

const KEY = 'sk_live/9Qz+X7"vTk2\\A';

describe('a planted leak is found', () => {
	it.each([
		['in a header', `authorization: Basic ${Buffer.from(`${KEY}:`).toString('base64')}`],
		['in a URL', `https://example.com/?key=${encodeURIComponent(KEY)}`],
		['in a log of objects', JSON.stringify({ auth: { username: KEY } })],
		['in an execution', JSON.stringify({ data: JSON.stringify({ auth: { username: KEY } }) })],
		['as it is', `the key ${KEY} is wrong`],
		['in upper case', `THE KEY ${KEY.toUpperCase()}`],
	])('%s', (_, text) => {
		expect(findLeaks(['nothing here', text], [KEY])).not.toEqual([]);
	});

	it('without the secret being shown again', () => {
		const leaks = findLeaks(['the account 556677889900112 of cst_one'], ['556677889900112']);
		expect(leaks).toEqual([{ written: 'raw', around: 'the account … of cst_one' }]);
	});

	it('and what is masked is none', () => {
		expect(findLeaks(['XXXXXXXXXXX0112 and 99******55@okbank'], ['556677889900112'])).toEqual([]);
	});
});
