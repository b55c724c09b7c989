import fc from 'fast-check';
import {
	maskAccount,
	maskAccountNumber,
	maskText,
	maskVpa,
	namedCustomer,
} from '../../nodes/Juspay/account/mask';
import type { CustomerAccount } from '../../nodes/Juspay/account/types';
import { isInactive, notShownYet, similar, unclear } from '../../nodes/Juspay/once/messages';
import { accountNumbers, anyText, vpas } from './arbitraries';

describe('a masked account number', () => {
	it.each([
		['026291800001191', 'XXXXXXXXXXX1191'],
		['123456789', 'XXXXX6789'],
		['12345678', 'XXXXXXXX'],
		['', ''],
		// 64 characters are drawn, and no more.
		['1'.repeat(68), `${'X'.repeat(64)}1111`],
		['1'.repeat(69), `${'X'.repeat(16)}…1111`],
		['1'.repeat(1000), `${'X'.repeat(16)}…1111`],
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
		// What may be a provider is shown.
		['priya@upi1', 'p***a@upi1'],
		['priya@upi123', 'p***a@upi123'],
		['priya@upi1234', 'p***a@*******'],
		['priya@up-i', 'p***a@****'],
		['026291800001191@HDFC0000001.ifsc.npci', '02***********91@HDFC0000001.ifsc.npci'],
	])('%j is shown as %j', (given, shown) => {
		expect(maskVpa(given)).toBe(shown);
	});

	it.each([
		[`${'a'.repeat(1000)}@upi`, `aa${'*'.repeat(16)}…aa@upi`],
		['a'.repeat(1000), `aa${'*'.repeat(16)}…aa`],
		[`asha@${'a'.repeat(1000)}`, `****@${'*'.repeat(16)}…`],
	])('is short, whatever it is', (given, shown) => {
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

describe("a customer's ID in a message", () => {
	it.each([
		['cust_1', 'cust_1'],
		['<b>', '‹b›'],
		['9164326296@upi', '91******96@upi'],
	])('%s is shown as %s', (id, shown) => {
		expect(namedCustomer(id)).toBe(shown);
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
		// A number that goes on in a date.
		['12345678-2023-06-06', 'XXXXXXXXXXXX0606'],
		['2023-06-06-12345678', 'XXXXXXXXXXXX5678'],
		['Invalid API Key.', 'Invalid API Key.'],
		['', ''],
	])('%j reads %j', (given, read) => {
		expect(maskText(given)).toBe(read);
	});

	it.each([
		['0262\u00a09180\u20030001\u3000191', 'XXXXXXXXXXX1191'],
		['0262\n9180\t0001\r\n191', 'XXXXXXXXXXX1191'],
		['0262  9180   0001 191', 'XXXXXXXXXXX1191'],
		['0262%209180&nbsp;0001+191', 'XXXXXXXXXXX1191'],
		['026291800\u200b0\u200c0\u200d0\u20601191\ufeff', 'XXXXXXXXXXXX1191'],
		['0\u00ad2\u202e6\ufe0f2\u00809\u034f1800001191', 'XXXXXXXXXXX1191'],
		['0262.9180.0001.191', 'XXXXXXXXXXX1191'],
		['0262/9180/0001/191', 'XXXXXXXXXXX1191'],
		['0262,9180,0001,191', 'XXXXXXXXXXX1191'],
		['0262_9180_0001_191', 'XXXXXXXXXXX1191'],
		['0262–9180—0001‑191', 'XXXXXXXXXXX1191'],
		['0262 - 9180 / 0001 _ 191', 'XXXXXXXXXXX1191'],
		['026.291.800.001.191', 'XXXXXXXXXXX1191'],
		['0.2.6.2.9.1.8.0.0.0.0.1.1.9.1', 'XXXXXXXXXXX1191'],
		['०२६२९१८००००११९१', 'XXXXXXXXXXX1191'],
		['٠٢٦٢٩١٨٠٠٠٠١١٩١', 'XXXXXXXXXXX1191'],
		['０２６２９１８００００１１９１', 'XXXXXXXXXXX1191'],
		['𝟎𝟐𝟔𝟐𝟗𝟏𝟖𝟎𝟎𝟎𝟎𝟏𝟏𝟗𝟏 and 𝟘𝟚𝟞𝟚𝟡𝟙𝟠𝟘𝟘𝟘𝟘𝟙𝟙𝟡𝟙', 'XXXXXXXXXXX1191 and XXXXXXXXXXX1191'],
		['⓪②⑥②⑨①⑧⓪⓪⓪⓪①①⑨①', 'XXXXXXXXXXX1191'],
		['⁰²⁶²⁹¹⁸⁰⁰⁰⁰¹¹⁹¹', 'XXXXXXXXXXX1191'],
		['0️⃣2️⃣6️⃣2️⃣9️⃣1️⃣8️⃣0️⃣0️⃣0️⃣0️⃣1️⃣1️⃣9️⃣1️⃣', 'XXXXXXXXXXX1191⃣'],
	])('finds the account number in %j', (given, read) => {
		expect(maskText(given)).toBe(read);
	});

	it.each([
		['9164326296%40upi', '91******96@upi'],
		['9164326296%2540upi', '91******96@upi'],
		['9164326296 @ upi', '91******96@upi'],
		['9164326296 @upi', '91******96@upi'],
		['9164326296\u00a0@\u200bupi', '91******96@upi'],
		['9164326296＠ｕｐｉ', '91******96@upi'],
		['9164326296﹫upi', '91******96@upi'],
		['9164326296&#64;upi, 9164326296&#x40;upi', '91******96@upi, 91******96@upi'],
		['9164326296\\u0040upi', '91******96@upi'],
		['priya.sharma@@upi', 'pr********ma@upi'],
		['vpa=priya.sharma%40okhdfcbank&x=1', 'vpa=pr********ma@okhdfcbank&x=1'],
		['91******96@upi', '91******96@upi'],
	])('finds the UPI ID in %j', (given, read) => {
		expect(maskText(given)).toBe(read);
	});

	it.each([
		'2023-06-06T13:28:20Z',
		'2023-06-06T13:28:20.123456789Z',
		'created 2023-06-06 13:28:20 and validated 2023-06-07 09:00:01.123 +05:30',
		'from 2023-06-06 13:28:20+0530 to 2023-06-07',
		'on 06/06/2023, 06-06-2023 13:28 or 2023/06/06',
		'Tue, 06 Jun 2023 13:28:20 GMT',
		'status 404 since 2023-06-06',
		'HTTP 502, 503, 504 and 429',
		'an amount of 1.00 INR, at most 10,00,000.00 or 1000000.00',
		'203.0.113.195 and 192.168.100.200:3128 are not whitelisted',
		'customer cst_zqqmw0v4exbhvv2l has banh_kGvx5TGUmkRVC2dH',
		'cst_123456789012 and banh_1234567890',
		'customer_1122',
		'फ़ील्ड मान्य नहीं है, भुगतान विफल',
		'IFSC AABF0008032 is unknown (code 1001)',
	])('leaves %j as it is', (text) => {
		expect(maskText(text)).toBe(text);
	});

	it.each([
		['http://user:pass@proxy.example.com:3128', 'http://proxy.example.com:3128'],
		[
			'connect via https://u:p%40ss@word@10.0.0.1:3128/x failed',
			'connect via https://10.0.0.1:3128/x failed',
		],
		['http://only-a-token@proxy', 'http://proxy'],
		['http:／／user:pass＠proxy', 'http://proxy'],
		['see https://docs.juspay.io/a@b', 'see https://docs.juspay.io/*@b'],
	])("shows no URL's password: %j", (given, read) => {
		expect(maskText(given)).toBe(read.replace('*@b', maskVpa('a@b')));
	});

	it('is one line', () => {
		expect(maskText('one\r\ntwo\u2028three\u0000four')).toBe('one two three four');
	});

	it('holds nothing of an account number that stands where the text is cut', () => {
		for (let before = 7900; before < 8100; before++) {
			expect(maskText(`${'a\u200b'.repeat(before / 2)} 026291800001191`)).not.toMatch(/\d{3}/);
		}
	});

	it('is masked no further when it is masked again', () => {
		fc.assert(
			fc.property(fc.oneof(anyText(), accountNumbers, vpas), (text) => {
				const once = maskText(text);
				expect(maskText(once)).toBe(once);
			}),
		);
	});

	it('holds no account number, with anything between its digits, in any script', () => {
		const between = fc.constantFrom(
			'',
			' ',
			'-',
			'.',
			'/',
			',',
			'_',
			'–',
			'\u200b',
			'\u00a0',
			'\ufeff',
		);
		const zero = fc.constantFrom(0x30, 0x660, 0x966, 0x9e6, 0xff10, 0x1d7ce, 0x1d7d8, 0x1e950);
		fc.assert(
			fc.property(accountNumbers, zero, fc.infiniteStream(between), (number, first, gaps) => {
				const written = [...number]
					.map((digit) => `${String.fromCodePoint(first + Number(digit))}${gaps.next().value}`)
					.join('');
				const shown = maskText(`x ${written} x`).replace(/\D/g, '');
				expect(shown).not.toBe(number);
				// A part of it may look like a date or an amount with these.
				if (!/[-/.,]/.test(written)) expect(shown).toBe(number.slice(-4));
			}),
		);
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

describe('an account whose ID is an account number, or whose status is one', () => {
	const NUMBER = '556677889900112';

	it.each([
		similar({ id: NUMBER, status: NUMBER } as CustomerAccount, 'maybeSame'),
		similar({ id: NUMBER, status: NUMBER } as CustomerAccount, 'near'),
		isInactive(NUMBER),
		notShownYet(NUMBER, 0),
		unclear([NUMBER]),
	])('is masked in what is said of it: $code', ({ message, description }) => {
		expect(message + description).toContain('XXXXXXXXXXX0112');
		expect(message + description).not.toContain(NUMBER);
	});
});

describe('a text that is cut before it is read', () => {
	const invisible = (count: number) => '\u200b'.repeat(count);

	it.each([
		['as long as is read', `${invisible(8057)}the end`, 'the end'],
		['nearly as long as is read', `${invisible(7990)}the end`, 'the end'],
		['longer than is read', `${invisible(8100)}${'x'.repeat(200)}`, '…'],
	])('is %s', (_, text, shown) => {
		expect(maskText(text)).toBe(shown);
	});

	it('shows no part of an account number at the place where it is cut', () => {
		for (let before = 8040; before < 8070; before++) {
			expect(maskText(`${invisible(before)}026291800001191`)).not.toMatch(/\d{5}/);
		}
	});
});
