import fc from 'fast-check';
import { readCredential, secretsOf } from '../../nodes/Juspay/http/credential';
import { showable } from '../../nodes/Juspay/http/redact';

const KEY = `6D&4<F>/"9'+A%=\\Z`;
const SECRETS = secretsOf(readCredential({ apiKey: KEY }));
/** As a list of its own: `showable` prepares each list once. */
const secrets = () => [...SECRETS];
const base64 = (text: string) => Buffer.from(text).toString('base64');
const form = (text: string) => new URLSearchParams({ k: text }).toString().slice(2);
const every = (text: string, write: (code: number) => string) =>
	[...text].map((character) => write(character.charCodeAt(0))).join('');
const hex = (code: number) => code.toString(16).padStart(2, '0');

describe('the API key in words from outside', () => {
	it.each([
		['as it is', KEY],
		['in small letters', KEY.toLowerCase()],
		['URL-encoded', encodeURIComponent(KEY)],
		['URL-encoded in small letters', encodeURIComponent(KEY).toLowerCase()],
		['URL-encoded twice', encodeURIComponent(encodeURIComponent(KEY))],
		['encoded as a form', form(KEY)],
		['with every character URL-encoded', every(KEY, (code) => `%${hex(code)}`)],
		['in JSON', JSON.stringify(KEY).slice(1, -1)],
		['in JSON within JSON', JSON.stringify(JSON.stringify(KEY)).slice(3, -3)],
		['in JSON with a slash escaped', JSON.stringify(KEY).slice(1, -1).replace('/', '\\/')],
		['in JSON as code points', every(KEY, (code) => `\\u00${hex(code)}`)],
		[
			'in JSON that is safe in HTML',
			JSON.stringify(KEY)
				.slice(1, -1)
				.replace('&', '\\u0026')
				.replace('<', '\\u003c')
				.replace('>', '\\u003E'),
		],
		[
			'in HTML',
			KEY.replace('&', '&amp;')
				.replace('<', '&lt;')
				.replace('>', '&gt;')
				.replace('"', '&quot;')
				.replace("'", '&#39;'),
		],
		['in XML', KEY.replace("'", '&apos;')],
		[
			'in HTML as numbers',
			every(KEY, (code) => (code % 2 === 0 ? `&#${code};` : `&#x${hex(code)};`)),
		],
		['in base64', base64(KEY)],
		['in base64 without padding', base64(KEY).replace(/=/g, '')],
		['in base64 with the colon', base64(`${KEY}:`)],
		['in base64 with the colon, without padding', base64(`${KEY}:`).replace(/=/g, '')],
		['in base64 for URLs', Buffer.from(`${KEY}:`).toString('base64url')],
		['in base64, URL-encoded', encodeURIComponent(base64(KEY))],
		['in full width', every(KEY, (code) => String.fromCharCode(code + 0xfee0))],
		['with zero-width characters', [...KEY].join('\u200b')],
		['in groups with blanks', KEY.replace(/....(?=.)/g, '$& ')],
		['in groups with hyphens', KEY.replace(/....(?=.)/g, '$&-')],
		['in base64 over several lines', base64(KEY).replace(/....(?=.)/g, '$&\r\n')],
	])('is removed, %s', (_, written) => {
		expect(showable(`Key "${written}" is not valid`, secrets())).toBe('Key "***" is not valid');
	});

	it.each([KEY, KEY.slice(1), KEY.slice(0, 10)])(
		'is removed from the base64 of the key and a password: %s',
		(apiKey) => {
			const secrets = secretsOf(readCredential({ apiKey }));
			const shown = showable(`Basic ${base64(`${apiKey}:password`)} refused`, secrets);
			expect(shown).toMatch(/^Basic \*\*\*\S+ refused$/);
			expect(shown).not.toContain(base64(apiKey).slice(0, 8));
		},
	);

	it('is removed, whatever it is and whatever it stands between', () => {
		const keys = fc.string({
			unit: fc.integer({ min: 0x21, max: 0x7e }).map((it) => String.fromCharCode(it)),
			minLength: 8,
			maxLength: 60,
		});
		fc.assert(
			fc.property(keys, fc.string(), fc.string(), (apiKey, before, after) => {
				const secrets = secretsOf(readCredential({ apiKey }));
				for (const written of [
					apiKey,
					encodeURIComponent(apiKey),
					form(apiKey),
					base64(`${apiKey}:`),
				]) {
					expect(showable(`${before}${written}${after}`, secrets)).not.toContain(written);
				}
			}),
		);
	});

	it('does not show its first half where the text is cut', () => {
		for (let before = 1900; before < 2600; before++) {
			const shown = showable(`${'\u200b'.repeat(before - 10)}from here ${KEY}`, SECRETS);
			expect(shown).not.toContain(KEY.slice(0, 3));
		}
	});

	it('is not looked for where there is none', () => {
		expect(showable('As it is', [])).toBe('As it is');
		expect(showable('As it is', [''])).toBe('As it is');
		expect(showable('As it is', ['key', ''])).toBe('As it is');
	});
});

describe('words from outside', () => {
	it.each([
		['One line.\r\n  Another. . ', 'One line. Another'],
		['Account 026291800001191 of 9164326296@upi', 'Account XXXXXXXXXXX1191 of 91******96@upi'],
		['', ''],
		[' \u200b. ', ''],
		[' \r\n Not found', 'Not found'],
	])('%j are shown as %j', (given, shown) => {
		expect(showable(given, SECRETS)).toBe(shown);
	});

	it.each([
		['123456789012', '123456789012: XXXXXXXXXXX1191'],
		['-123456789012-', '-123456789012-: XXXXXXXXXXX1191'],
		['é123456789012', 'éXXXXXXXX9012: XXXXXXXXXXX1191'],
		['(123456789012', '(XXXXXXXX9012: XXXXXXXXXXX1191'],
		['123456789012(', 'XXXXXXXX9012(: XXXXXXXXXXX1191'],
	])("keep a customer's ID that is a word or a number: %s", (id, shown) => {
		expect(showable(`${id}: 026291800001191`, SECRETS, 500, id.replace('é', ''))).toBe(shown);
	});

	it('are as long as asked for at most, and say that something is missing', () => {
		expect(showable('word '.repeat(1000), SECRETS)).toMatch(/^(word ){99}word…$/);
		expect(showable('word '.repeat(1000), SECRETS, 20)).toBe('word word word word…');
		expect(showable('x'.repeat(500), SECRETS)).toBe('x'.repeat(500));
	});
});

describe('a secret', () => {
	it('is removed as a whole where a shorter one is a part of it', () => {
		const shown = showable('key abcd1234efgh refused', ['abcd1234', 'abcd1234efgh']);
		expect(shown).toBe('key *** refused');
	});

	it('shows no part of itself where the text is cut, however long its characters are written', () => {
		const written = every(KEY, (code) => `\\\\\\u00${hex(code)}`);
		for (let before = 1800; before < 2300; before++) {
			const shown = showable(`${'\u200b'.repeat(before - 10)}from here ${written}`, SECRETS);
			expect(shown).not.toContain('u00');
		}
	});
});
