import type { IRun } from 'n8n-workflow';
import { findLeaks } from '../leaks/leaks';
import { leaksOf } from '../leaks/sweep';

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

describe('a run is searched', () => {
	const run = {
		credential: { apiKey: KEY },
		items: [{ number: '556677889900112' }],
		nodes: [{ parameters: { upi: 'asha.rao@okbank' } }],
	};
	const left = (nodeRun: object) => ({
		raw: { data: { resultData: { runData: { Juspay: [nodeRun] } } } } as unknown as IRun,
	});

	it.each([
		['the key in an item', { data: { main: [[{ json: { note: [`key ${KEY}`] } }]] } }],
		['an account number in an error', { error: new Error('556677889900112 is wrong') }],
		['a UPI ID in a hint', { hints: [{ message: 'asha.rao@okbank was skipped' }] }],
	])('for %s', (_, nodeRun) => {
		expect(leaksOf(run, left(nodeRun))).not.toEqual([]);
	});

	it('and passes with masked ones, and with what the user has in the own rows', () => {
		const nodeRun = {
			data: { main: [[{ json: { number: '556677889900112', account: 'XXXXXXXXXXX0112' } }]] },
			error: new Error('XXXXXXXXXXX0112 is wrong'),
		};
		expect(leaksOf(run, left(nodeRun))).toEqual([]);
	});
});
