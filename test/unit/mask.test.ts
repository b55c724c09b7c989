import fc from 'fast-check';
import {
	maskAccount,
	maskAccountNumber,
	maskText,
	maskVpa,
} from '../../nodes/Juspay/accounts/mask';
import { accountNumbers, vpas } from './arbitraries';

describe('a masked account number', () => {
	it.each([
		['026291800001191', 'XXXXXXXXXXX1191'],
		['123456789', 'XXXXX6789'],
		['12345678', 'XXXXXXXX'],
		['', ''],
	])('%j is shown as %j', (given, shown) => {
		expect(maskAccountNumber(given)).toBe(shown);
	});

	it('keeps its length and at most the last four of its characters, whatever it is', () => {
		fc.assert(
			fc.property(fc.oneof(accountNumbers, fc.string()), (given) => {
				const shown = maskAccountNumber(given);
				expect(shown).toHaveLength(given.length);
				const hidden = given.length >= 9 ? given.length - 4 : given.length;
				expect(shown.slice(0, hidden)).toBe('X'.repeat(hidden));
				expect(shown.slice(hidden)).toBe(given.slice(hidden));
			}),
		);
	});
});

describe('a masked UPI ID', () => {
	it.each([
		['9164326296@upi', '91******96@upi'],
		['priya@upi', 'p***a@upi'],
		['asha@upi', '****@upi'],
		['ab@upi', '**@upi'],
		['@upi', '@upi'],
		['026291800001191', '02***********91'],
	])('%j is shown as %j', (given, shown) => {
		expect(maskVpa(given)).toBe(shown);
	});

	it('shows at most two characters at each end of its handle, and never half of it', () => {
		fc.assert(
			fc.property(vpas, (vpa) => {
				const handle = vpa.slice(0, vpa.lastIndexOf('@'));
				const shown = maskVpa(vpa).slice(0, handle.length);
				expect(maskVpa(vpa)).toHaveLength(vpa.length);
				expect(maskVpa(vpa).slice(handle.length)).toBe(vpa.slice(handle.length));
				const open = [...shown].filter((character) => character !== '*');
				expect(open.length).toBeLessThanOrEqual(Math.min(4, handle.length / 2));
				expect(shown.slice(2, -2)).toMatch(/^\**$/);
			}),
		);
	});

	it('shows no account or phone number that stands where a provider belongs', () => {
		fc.assert(
			fc.property(accountNumbers, (number) => {
				expect(maskVpa(`asha@${number}`)).not.toContain(number);
				expect(maskVpa(`${number}@${number}`)).not.toContain(number);
			}),
		);
	});
});

describe('an account', () => {
	it('is masked by its kind', () => {
		expect(maskAccount({ type: 'upi', vpa: '9164326296@upi' })).toBe('91******96@upi');
		expect(
			maskAccount({ type: 'bankAccount', accountNumber: '026291800001191', ifsc: 'AABF0008032' }),
		).toBe('XXXXXXXXXXX1191');
	});
});

describe('masked text from outside', () => {
	it.each([
		['Account 026291800001191 is closed.', 'Account XXXXXXXXXXX1191 is closed.'],
		['0262 9180 0001 191', 'XXXXXXXXXXX1191'],
		['0262-9180-0001-191', 'XXXXXXXXXXX1191'],
		['no such VPA: 9164326296@upi', 'no such VPA: 91******96@upi'],
		['{"account_number":"026291800001191"}', '{"account_number":"XXXXXXXXXXX1191"}'],
		['call 9164326296', 'call XXXXXX6296'],
		['status 404 of 2023, code 12345678', 'status 404 of 2023, code 12345678'],
		['Invalid API Key.', 'Invalid API Key.'],
		['', ''],
	])('%j reads %j', (given, read) => {
		expect(maskText(given)).toBe(read);
	});

	it('holds no whole account number, wherever it stands', () => {
		fc.assert(
			fc.property(fc.string(), accountNumbers, fc.string(), (before, number, after) => {
				const masked = maskText(before + number + after);
				expect(masked).not.toContain(number);
				expect(masked).not.toMatch(/\d(?:[ -]?\d){8}/);
			}),
		);
	});

	it('holds no whole UPI ID, wherever it stands', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('', ' ', '"', ': ', '('),
				vpas,
				fc.constantFrom('', ' ', '"', '. ', ')'),
				(before, vpa, after) => {
					expect(maskText(before + vpa + after)).not.toContain(vpa);
				},
			),
		);
	});
});
