import {
	checkAccount,
	checkAccountNumber,
	checkCountryCode,
	checkEmail,
	checkHeaderText,
	checkId,
	checkIfsc,
	checkLine,
	checkMobileNumber,
	checkObjectReferenceId,
	checkVpa,
	isBlank,
	textOf,
} from '../../nodes/Juspay/account/check';
import { fieldPath } from '../../nodes/Juspay/node/parameters';
import { maskAccountNumber, maskText, maskVpa } from '../../nodes/Juspay/account/mask';
import { simplified } from '../../nodes/Juspay/account/output';
import {
	checkMappings,
	findColumns,
	missingColumns,
	notUsed,
} from '../../nodes/Juspay/account/columns';
import { fromJson, fromRow } from '../../nodes/Juspay/account/read';
import { hostOf, readCredential, secretsOf } from '../../nodes/Juspay/http/credential';
import { parseJson } from '../../nodes/Juspay/http/body';
import { showable } from '../../nodes/Juspay/http/redact';
import { blockOf, hostileTexts } from './block';
import { checked } from './checked';

/** How many milliseconds a text of so many characters may take: JSON.parse alone takes 100 for a million brackets. */
const MOST: Array<[number, number]> = [
	[100_000, 400],
	[1_000_000, 2000],
];

const SECRETS = secretsOf(readCredential({ apiKey: '6D4&/"<K>%%\\\\==aaaaaaaa' }));
const KEYS = ['accountNumber', 'ifsc', 'beneficiaryName', 'bankCode', 'vpa'];
const rowOf = (text: string) => Object.fromEntries(KEYS.map((it) => [it, text]));

/** All that must be mapped, read from the same column. */
const mappedTo = (text: string) =>
	(['customerId', 'vpa'] as const).map((name) => ({ name, path: [text] }));

const readers: Array<[string, (text: string) => unknown]> = [
	['maskText', maskText],
	['maskVpa', maskVpa],
	['maskAccountNumber', maskAccountNumber],
	['showable', (text) => showable(text, SECRETS)],
	['isBlank', isBlank],
	['textOf', (text) => textOf('Field', text)],
	['checkId', (text) => checkId('Customer ID', text)],
	['checkHeaderText', (text) => checkHeaderText('Routing ID', text)],
	['checkAccountNumber', checkAccountNumber],
	['checkIfsc', checkIfsc],
	['checkVpa', checkVpa],
	['checkObjectReferenceId', checkObjectReferenceId],
	['checkMobileNumber', (text) => checkMobileNumber(text, '91')],
	['checkCountryCode', checkCountryCode],
	['checkEmail', checkEmail],
	['checkLine', (text) => checkLine('First Name', text)],
	['checkAccount', (text) => checkAccount('upi', { vpa: text })],
	['fromJson', fromJson],
	['fromRow', (text) => fromRow(rowOf(text))],
	['fieldPath', (text) => [text, `={{ $json.${text}`, `={{ $json["${text}`].map(fieldPath)],
	['findColumns', (text) => findColumns([text, text])],
	['missingColumns', (text) => missingColumns({}, [text])],
	['parseJson', parseJson],
	['a base URL', (text) => readCredential({ environment: 'custom', baseUrl: text }).baseUrl],
	['a host', (text) => hostOf(readCredential({ environment: 'custom', baseUrl: text }))],
	[
		'a credential',
		(text) => readCredential({ environment: 'custom', baseUrl: text, apiKey: text }).fault,
	],
];

describe.each(MOST)('no text of %d characters stops n8n for %d ms', (length, most) => {
	const texts = hostileTexts(length);

	it.each(readers)('in %s', (_, read) => {
		const slow = texts
			.map(([kind, text]) => ({
				kind,
				ms: Math.round(blockOf(() => checked(() => read(text)), most)),
			}))
			.filter(({ ms }) => ms > most);
		expect(slow).toEqual([]);
	});

	it('and nothing that long comes out', () => {
		for (const [kind, text] of texts) {
			const lengths = [
				maskText(text).length <= 2000,
				showable(text, SECRETS).length <= 500,
				showable(text, SECRETS, 60).length <= 60,
				maskVpa(text).length <= 130,
				maskAccountNumber(text).length <= 64,
			];
			expect({ kind, lengths }).toEqual({ kind, lengths: lengths.map(() => true) });
		}
	});

	it('and no message about a cell repeats it', () => {
		for (const [, text] of texts) {
			const said = [
				checked(() => checkAccountNumber(text)),
				checked(() => checkIfsc(text)),
				checked(() => checkVpa(text)),
				checked(() => checkId('Customer ID', text)),
				checked(() => checkLine('First Name', text)),
				notUsed([text], () => false),
				missingColumns({}, [text]),
				checkMappings(mappedTo(text), [text], () => false),
			];
			expect(JSON.stringify(said).length).toBeLessThan(4000);
		}
	});

	it('and no answer makes an item that long', () => {
		const text = 'x'.repeat(length);
		const account = {
			id: text,
			customerId: text,
			type: 'upi' as const,
			accountNumber: text,
			ifsc: text,
			beneficiaryName: text,
			vpa: `${text}@upi`,
			status: text,
			dateCreated: text,
			lastValidated: text,
			raw: {},
		};
		expect(JSON.stringify(simplified(account, { customerId: 'cst_1' })).length).toBeLessThan(6000);
	});
});
