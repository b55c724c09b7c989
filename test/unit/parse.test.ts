import fc from 'fast-check';
import { fromFields, fromJson, fromRow } from '../../nodes/Juspay/account/read';
import type { FoundAccount, FoundProblem } from '../../nodes/Juspay/account/read';
import { accountNumbers, anything, ifscs, vpas } from './arbitraries';
import { checked } from './checked';

const BANK = { accountNumber: '026291800004321', ifsc: 'AABF0008032' };
const UPI = { vpa: '9164326296@upi' };

type Entry = FoundAccount | FoundProblem;
type Found = Entry[] | { accounts: Entry[] };

const entriesOf = (found: Found) => ('accounts' in found ? found.accounts : found);
/** The accounts that were found; entries that hold none are left out. */
const accountsOf = (found: Found): FoundAccount[] =>
	entriesOf(found).filter((entry): entry is FoundAccount => 'type' in entry);
const typesOf = (found: Found) => accountsOf(found).map(({ type }) => type);
const placesOf = (found: Found) => entriesOf(found).map(({ place }) => place);
const rawsOf = (found: Found) => accountsOf(found).map(({ raw }) => raw);
/** What is wrong with all, or with the first entry that holds no account. */
const said = (find: () => Found) => {
	const found = checked(find);
	const wrong =
		'problem' in found ? found : entriesOf(found.value).find((entry) => 'problem' in entry);
	return wrong && 'problem' in wrong
		? `${[wrong.problem.field, wrong.problem.wrong].join(' ').trim()}. ${wrong.problem.fix}`
		: '';
};

describe('accounts from the form', () => {
	it('are the bank accounts, then the UPI IDs', () => {
		const found = fromFields({ upi: [UPI], bankAccount: [BANK] });
		expect(accountsOf(found)).toEqual([
			{ type: 'bankAccount', raw: BANK, place: '' },
			{ type: 'upi', raw: UPI, place: '' },
		]);
	});

	it('say which one they are where there are several of a kind', () => {
		const found = fromFields({ bankAccount: [BANK, BANK], upi: [UPI] });
		expect(placesOf(found)).toEqual(['1st bank account', '2nd bank account', '']);
	});

	it.each([
		[1, '1st'],
		[2, '2nd'],
		[3, '3rd'],
		[4, '4th'],
		[10, '10th'],
		[11, '11th'],
		[12, '12th'],
		[13, '13th'],
		[21, '21st'],
		[111, '111th'],
		[122, '122nd'],
	])('count %d as %s', (position, ordinal) => {
		const found = fromFields({ upi: Array.from({ length: 130 }, () => UPI) });
		expect(placesOf(found)[position - 1]).toBe(`${ordinal} UPI ID`);
	});

	it.each([[{}], [{ bankAccount: [] }], [{ bankAccount: [], upi: [] }]])(
		'%j: none is said to be missing',
		(field) => {
			expect(said(() => fromFields(field))).toMatch(
				/^Accounts contains no account\. Add a bank account or a UPI ID/,
			);
		},
	);

	it('lose none, in their order', () => {
		const raws = fc.array(fc.record({ vpa: anything }), { maxLength: 20 });
		fc.assert(
			fc.property(raws, raws, (bankAccount, upi) => {
				const found = checked(() => fromFields({ bankAccount, upi }));
				if ('problem' in found) return expect(bankAccount.length + upi.length).toBe(0);
				expect(rawsOf(found.value)).toEqual([...bankAccount, ...upi]);
			}),
		);
	});
});

describe('accounts from JSON', () => {
	const list = [BANK, UPI];

	it.each([
		['text', JSON.stringify(list)],
		['text with blanks around it', `\n ${JSON.stringify(list)} `],
		['an array', list],
		["Juspay's own keys", [{ account_number: BANK.accountNumber, ifsc: BANK.ifsc }, UPI]],
		['one entry that holds both', [{ ...BANK, ...UPI }]],
		['one object', { ...BANK, ...UPI }],
	])('are read from %s', (_, json) => {
		const found = fromJson(json);
		expect(typesOf(found)).toEqual(['bankAccount', 'upi']);
		expect(rawsOf(found)[0]).toMatchObject(BANK);
		expect(rawsOf(found)[1]).toMatchObject(UPI);
	});

	it('keep every key, however it is spelt', () => {
		const camel = { ...BANK, beneficiaryName: 'Asha Rao', bankCode: '12' };
		const snake = {
			account_number: camel.accountNumber,
			ifsc: camel.ifsc,
			beneficiary_name: 'Asha Rao',
			bank_code: '12',
		};
		const found = fromJson([camel, snake]);
		expect(rawsOf(found)).toEqual([camel, camel]);
	});

	it.each([
		['no JSON', '[{', /^Accounts \(JSON\) is not valid JSON/],
		['an empty text', ' ', /^Accounts \(JSON\) contains no account/],
		['an empty array', [], /^Accounts \(JSON\) contains no account/],
		['an empty array in text', '[]', /^Accounts \(JSON\) contains no account/],
		['nothing', undefined, /^Accounts \(JSON\) contains no account/],
		['null', null, /^Accounts \(JSON\) contains no account/],
		['an object without an account', { customer: 'x' }, /no(r| account number and no) UPI ID/],
	])('that are %s are refused, with an example', (_, json, words) => {
		expect(said(() => fromJson(json))).toMatch(words);
		expect(said(() => fromJson(json))).toMatch('Enter an array such as');
	});

	it('have a place where there are several', () => {
		const found = fromJson([UPI, BANK, UPI]);
		expect(placesOf(found)).toEqual(['1st account', '2nd account', '3rd account']);
	});

	it('every entry becomes its accounts, in order, or what is wrong is said', () => {
		const entry = fc.oneof(
			fc.record({ accountNumber: accountNumbers, ifsc: ifscs }),
			fc.record({ vpa: vpas }),
			fc.record({ account_number: accountNumbers, ifsc: ifscs, vpa: vpas }),
		);
		fc.assert(
			fc.property(fc.array(entry, { minLength: 1 }), fc.boolean(), (entries, asText) => {
				const found = fromJson(asText ? JSON.stringify(entries) : entries);
				const expected = entries.flatMap((values) => [
					...('ifsc' in values ? [values.ifsc] : []),
					...('vpa' in values ? [values.vpa] : []),
				]);
				const read = accountsOf(found).map(({ type, raw }) =>
					type === 'upi' ? raw.vpa : raw.ifsc,
				);
				expect(read).toEqual(expected);
			}),
		);
	});

	it('an entry without an account takes no other entry with it', () => {
		const found = fromJson([UPI, {}, BANK]);
		expect(typesOf(found)).toContain('upi');
		expect(placesOf(found)).toEqual(['1st account', '2nd account', '3rd account']);
	});
});

describe('JSON in other forms', () => {
	const text = JSON.stringify([UPI]);
	const ACCOUNT = { account_number: BANK.accountNumber, ifsc: BANK.ifsc };

	it.each<[string, unknown]>([
		['as text in text', JSON.stringify(text)],
		['as text in text in text', JSON.stringify(JSON.stringify(text))],
		['between fences', `\`\`\`json\n${text}\n\`\`\``],
		['between fences without a name', `\`\`\`\n${text}\`\`\``],
		['with blanks that JSON does not have', text.replace('{', '{\u00a0').replace(':', '\u2003:')],
		['after a mark that nobody sees', `\ufeff${text}`],
		['with an entry that is text', [JSON.stringify(UPI)]],
		...['accounts', 'data', 'list', 'items', 'Accounts'].map((key): [string, unknown] => [
			`under "${key}"`,
			{ [key]: [UPI] },
		]),
		['as text under a key', { accounts: text }],
		['as one object under a key', { data: UPI }],
	])('%s is read', (_, json) => {
		expect(accountsOf(fromJson(json))).toEqual([{ type: 'upi', raw: UPI, place: '' }]);
	});

	it.each(['bank_account', 'bankAccount'])("has Juspay's %s beside a UPI ID in a part", (key) => {
		const found = fromJson([{ bank_code: '12', [key]: ACCOUNT, upi: UPI }]);
		expect(typesOf(found)).toEqual(['bankAccount', 'upi']);
		expect(rawsOf(found)).toEqual(Array(2).fill({ ...BANK, ...UPI, bankCode: '12' }));
	});

	it('that is text four times over is none', () => {
		const often = [1, 2, 3].reduce((inner) => JSON.stringify(inner), text);
		expect(said(() => fromJson(often))).toMatch('has no account number and no UPI ID');
	});

	it.each([
		['the same twice', { vpa: 'asha@upi', upi_id: 'ravi@upi' }, 'Remove one of the two keys'],
		['text that is no JSON', 'asha@upi', 'has no account number and no UPI ID'],
	])('with %s is refused', (_, entry, words) => {
		expect(said(() => fromJson([entry]))).toMatch(words);
	});

	it('names the keys that are not read, the customer among them', () => {
		const { unused } = fromJson([
			{ ...UPI, customer_id: 'c', note: 'x' },
			{ ...UPI, colour: 1 },
		]);
		expect([...unused]).toEqual(['customer_id', 'note', 'colour']);
	});
});

describe('accounts from a row', () => {
	it.each([
		['a bank account', { accountNumber: '1', ifsc: '2' }, ['bankAccount']],
		['a UPI ID', { vpa: 'a@b' }, ['upi']],
		['both', { accountNumber: '1', ifsc: '2', vpa: 'a@b' }, ['bankAccount', 'upi']],
		['half a bank account', { ifsc: '2' }, ['bankAccount']],
		[
			'a bank account and a blank UPI ID',
			{ accountNumber: '1', ifsc: '2', vpa: ' ' },
			['bankAccount'],
		],
		['a UPI ID and blank bank columns', { accountNumber: ' ', ifsc: '', vpa: 'a@b' }, ['upi']],
	])('that contains %s are found', (_, row, types) => {
		expect(typesOf(fromRow(row))).toEqual(types);
	});

	it('that contains none are asked for', () => {
		expect(said(() => fromRow({ beneficiaryName: 'Asha' }))).toMatch(
			/^This row has no account number and no UPI ID/,
		);
	});
});

describe('what is found', () => {
	it('has no place where there is one only', () => {
		expect(placesOf(fromJson([UPI]))).toEqual(['']);
		expect(placesOf(fromRow(UPI))).toEqual(['']);
	});

	it.each([['text'], [5], [null], [[UPI]]])('is no account in the entry %j', (entry) => {
		const found = fromJson([entry, UPI]);
		expect(placesOf(found)).toEqual(['1st account', '2nd account']);
		expect(typesOf(found)).toEqual(['upi']);
		expect(said(() => found)).toMatch(/has no account number and no UPI ID/);
	});
});
