import fc from 'fast-check';
import type { Account, CustomerAccount } from '../../nodes/Juspay/account/types';
import type { Likeness } from '../../nodes/Juspay/account/identity';
import {
	assign,
	byIdentity,
	completed,
	identityOf,
	likeness,
	nearSearch,
} from '../../nodes/Juspay/account/identity';
import { bank, registered, upi } from './accounts';
import { accountNumbers, ifscs, vpas } from './arbitraries';

const IFSC = 'HDFC0000001';
const OTHER_IFSC = 'ICIC0000002';
const NUMBER = '026291800001191';
const BANK = bank(NUMBER, IFSC, 'Asha Rao');
const UPI = upi('asha@okaxis');

const withoutZeros = (digits: string) => digits.replace(/^0+/, '');

describe('two accounts are the same', () => {
	it('when their UPI IDs differ in case only', () => {
		fc.assert(
			fc.property(vpas, (vpa) => {
				expect(identityOf(upi(vpa.toUpperCase()))).toBe(identityOf(upi(vpa.toLowerCase())));
			}),
		);
	});

	it('when their IFSCs differ in case only', () => {
		fc.assert(
			fc.property(accountNumbers, ifscs, (number, ifsc) => {
				expect(identityOf(bank(number, ifsc.toLowerCase()))).toBe(identityOf(bank(number, ifsc)));
			}),
		);
	});

	it('when their numbers differ in leading zeros only', () => {
		expect(identityOf(bank('00123456789'))).toBe(identityOf(bank('123456789')));
	});

	it('whatever the name of the beneficiary and the code of the bank', () => {
		const named = { ...bank('123456789', IFSC, 'Asha'), bankCode: '1' };
		expect(identityOf(named)).toBe(identityOf(bank('123456789', IFSC)));
	});
});

describe('two accounts are different', () => {
	it('when number, IFSC or UPI ID differ', () => {
		fc.assert(
			fc.property(accountNumbers, ifscs, accountNumbers, ifscs, (number, ifsc, number2, ifsc2) => {
				const isSame = withoutZeros(number) === withoutZeros(number2) && ifsc === ifsc2;
				expect(identityOf(bank(number, ifsc)) === identityOf(bank(number2, ifsc2))).toBe(isSame);
			}),
		);
		fc.assert(
			fc.property(vpas, vpas, (one, other) => {
				const isSame = one.toLowerCase() === other.toLowerCase();
				expect(identityOf(upi(one)) === identityOf(upi(other))).toBe(isSame);
			}),
		);
	});

	it('when zeros at the end differ', () => {
		expect(identityOf(bank('1234567890'))).not.toBe(identityOf(bank('12345678900')));
	});

	it('when one is a bank account and the other a UPI ID', () => {
		fc.assert(
			fc.property(accountNumbers, ifscs, vpas, (number, ifsc, vpa) => {
				expect(identityOf(bank(number, ifsc))).not.toBe(identityOf(upi(vpa)));
			}),
		);
	});
});

describe('an account that Juspay shows, beside one that is wanted', () => {
	it.each<[string, Partial<CustomerAccount>, Likeness]>([
		['in full', {}, 'same'],
		['in full, with blanks', { accountNumber: '0262 9180-0001191' }, 'same'],
		['with the IFSC in small letters', { ifsc: 'hdfc0000001' }, 'same'],
		['without leading zeros', { accountNumber: '26291800001191' }, 'same'],
		['with more leading zeros', { accountNumber: '000026291800001191' }, 'same'],
		['with another name', { beneficiaryName: 'Ravi' }, 'same'],
		['with another IFSC', { ifsc: OTHER_IFSC }, 'near'],
		['without IFSC', { ifsc: '' }, 'maybeSame'],
		['with a masked IFSC', { ifsc: 'HDFC0******' }, 'maybeSame'],
		['another number', { accountNumber: '026291800001192' }, 'different'],
		['the last nine digits, as a whole number', { accountNumber: '800001191' }, 'different'],
		['masked with X', { accountNumber: 'XXXXXXXXXXX1191' }, 'maybeSame'],
		['masked with x', { accountNumber: 'xxxx1191' }, 'maybeSame'],
		['masked with *', { accountNumber: '***********1191' }, 'maybeSame'],
		['masked with •', { accountNumber: '••••1191' }, 'maybeSame'],
		['masked in groups', { accountNumber: 'XXXX-XXXX-1191' }, 'maybeSame'],
		['masked in the middle', { accountNumber: '0262XXXXXXX1191' }, 'maybeSame'],
		['masked in the middle, without zeros', { accountNumber: '262XXXXXXX1191' }, 'maybeSame'],
		['masked at the end', { accountNumber: '02629180XXXX' }, 'maybeSame'],
		['its last four digits', { accountNumber: '1191' }, 'maybeSame'],
		['its last eight digits', { accountNumber: '00001191' }, 'maybeSame'],
		['its last digit', { accountNumber: '1' }, 'maybeSame'],
		['hidden', { accountNumber: '' }, 'maybeSame'],
		['all hidden', { accountNumber: '', ifsc: '', type: '' }, 'maybeSame'],
		['all digits masked', { accountNumber: 'XXXXXXXXX' }, 'maybeSame'],
		['masked, another IFSC', { accountNumber: 'XXXX1191', ifsc: OTHER_IFSC }, 'near'],
		['hidden, another IFSC', { accountNumber: '', ifsc: OTHER_IFSC }, 'near'],
		['masked, other last digits', { accountNumber: 'XXXX1192' }, 'different'],
		['masked, other first digits', { accountNumber: '9XXX1191' }, 'different'],
		['other last four digits', { accountNumber: '1192' }, 'different'],
		['a UPI ID', { type: 'upi', accountNumber: '', ifsc: '', vpa: 'asha@okaxis' }, 'different'],
		['masked before nine digits', { accountNumber: 'XXXXXX800001191' }, 'maybeSame'],
		['masked after nine digits', { accountNumber: '026291800XXXXXX' }, 'maybeSame'],
		['with an IFSC that is masked at its start', { ifsc: '******00001' }, 'maybeSame'],
	])('%s', (_, shown, expected) => {
		expect(likeness(registered('1', BANK, shown), BANK)).toBe(expected);
	});

	it.each<[string, Partial<CustomerAccount>, Likeness]>([
		['asha@okaxis', {}, 'same'],
		['in capitals', { vpa: 'ASHA@OKAXIS' }, 'same'],
		['with blanks around', { vpa: ' asha@okaxis ' }, 'same'],
		['masked with *', { vpa: 'a***@okaxis' }, 'maybeSame'],
		['masked with X', { vpa: 'aXXX@okaxis' }, 'maybeSame'],
		['masked all over', { vpa: '****@okaxis' }, 'maybeSame'],
		['masked to the end', { vpa: 'ash****' }, 'maybeSame'],
		['masked, another provider', { vpa: 'a***@upi' }, 'different'],
		['masked, another start', { vpa: 'b***@okaxis' }, 'different'],
		['another', { vpa: 'ashb@okaxis' }, 'different'],
		['its end', { vpa: 'ha@okaxis' }, 'different'],
		['its end, masked before', { vpa: '*ha@okaxis' }, 'maybeSame'],
		['masked in the provider', { vpa: 'asha@ok***' }, 'maybeSame'],
		['two x in a row, which are no mask', { vpa: 'asha@okaxxis' }, 'different'],
		['masked, another start, blanks around', { vpa: ' b***@okaxis ' }, 'different'],
		['hidden', { vpa: '' }, 'maybeSame'],
		['without a type', { vpa: '', type: '' }, 'maybeSame'],
		['a bank account', { type: 'bankAccount', vpa: '', accountNumber: NUMBER }, 'different'],
	])('a UPI ID: %s', (_, shown, expected) => {
		expect(likeness(registered('1', UPI, shown), UPI)).toBe(expected);
	});
});

/** Who got what, by the wanted accounts' places. */
function assigned(wanted: Account[], accounts: CustomerAccount[], onlyInFull = false) {
	const entries = wanted.map((one) => ({ wanted: one }));
	const found = assign(entries, accounts, onlyInFull);
	return entries.map((entry) => found.get(entry)?.id);
}

describe('accounts are given to the rows that they belong to', () => {
	const ONE = bank('100200300401', IFSC, 'Asha');
	const TWO = bank('100200300502', IFSC, 'Ravi');
	const NEAR_ONE = bank('900800700401', IFSC, 'Mina');
	const RAO = bank('100200300401', IFSC, 'Asha Rao');
	const hidden = { accountNumber: '', ifsc: '' };
	const masked = (last: string) => ({ accountNumber: `XXXXXXXX${last}` });

	it.each<[string, Account[], CustomerAccount[], Array<string | undefined>]>([
		['by their details', [ONE, TWO], [registered('b', TWO), registered('a', ONE)], ['a', 'b']],
		[
			'by the digits that are shown',
			[ONE, TWO],
			[registered('b', TWO, masked('0502')), registered('a', ONE, masked('0401'))],
			['a', 'b'],
		],
		['by the rest', [ONE, TWO], [registered('b', TWO, hidden), registered('a', ONE)], ['a', 'b']],
		['one and one', [ONE], [registered('a', ONE, { ...hidden, beneficiaryName: '' })], ['a']],
		[
			'by name alone',
			[ONE, NEAR_ONE],
			[registered('b', NEAR_ONE, masked('0401')), registered('a', ONE, masked('0401'))],
			['a', 'b'],
		],
		[
			'by name alone, however it is written',
			[ONE, NEAR_ONE],
			[
				registered('b', NEAR_ONE, { ...hidden, beneficiaryName: ' MINA ' }),
				registered('a', ONE, { ...hidden, beneficiaryName: 'asha' }),
			],
			['a', 'b'],
		],
		[
			'by IFSC alone',
			[ONE, bank('100200300401', OTHER_IFSC)],
			[
				registered('b', ONE, { accountNumber: '', ifsc: OTHER_IFSC, beneficiaryName: '' }),
				registered('a', ONE, { accountNumber: '', ifsc: IFSC }),
			],
			['a', 'b'],
		],
		[
			'by type alone',
			[ONE, UPI],
			[registered('b', UPI, { vpa: '' }), registered('a', ONE, hidden)],
			['a', 'b'],
		],
		[
			'not where the name contradicts',
			[ONE],
			[registered('a', ONE, { ...hidden, beneficiaryName: 'Somebody Else' })],
			[undefined],
		],
		['not by another IFSC', [ONE], [registered('a', ONE, { ifsc: OTHER_IFSC })], [undefined]],
		['not where the digits contradict', [ONE], [registered('a', ONE, masked('0402'))], [undefined]],
		['not where the type contradicts', [ONE], [registered('a', UPI, { vpa: '' })], [undefined]],
		[
			'not by their order',
			[ONE, TWO],
			[
				registered('a', ONE, { ...hidden, beneficiaryName: '' }),
				registered('b', TWO, { ...hidden, beneficiaryName: '' }),
			],
			[undefined, undefined],
		],
		[
			'not where one of two is shown',
			[bank('100200300401'), bank('900800700401')],
			[registered('a', bank('100200300401'), masked('0401'))],
			[undefined, undefined],
		],
		[
			'not where two may be the one',
			[ONE],
			[registered('a', ONE, masked('0401')), registered('b', ONE, masked('0401'))],
			[undefined],
		],
		[
			'to the digit, where leading zeros are all that differs',
			[bank('00100200300401'), bank('100200300401')],
			[registered('b', bank('100200300401')), registered('a', bank('00100200300401'))],
			['a', 'b'],
		],
		['zeros apart', [bank('00100200300401')], [registered('a', bank('100200300401'))], ['a']],
		['each once of two', [ONE, ONE], [registered('a', ONE), registered('b', ONE)], ['a', 'b']],
		['once, where it is there once', [ONE, ONE], [registered('a', ONE)], ['a', undefined]],
		['a row without a name', [bank('100200300401')], [registered('a', ONE, hidden)], ['a']],
		[
			'a UPI ID has no name to contradict',
			[UPI],
			[registered('a', UPI, { vpa: 'a***@okaxis', beneficiaryName: 'Asha' })],
			['a'],
		],
		[
			'a name with two blanks in a row is the one with one',
			[RAO],
			[registered('a', RAO, { ...hidden, beneficiaryName: 'ASHA  RAO' })],
			['a'],
		],
		[
			'a name whose parts are cut elsewhere is another',
			[RAO],
			[registered('a', RAO, { ...hidden, beneficiaryName: 'Ashar Ao' })],
			[undefined],
		],
		[
			'an account that differs in zeros leaves the row to one that is the same to the digit',
			[bank('00100200300401'), bank('100200300401')],
			[registered('a', bank('0100200300401')), registered('b', bank('100200300401'))],
			['a', 'b'],
		],
		[
			'a hidden account does not push out one that is shown in full',
			[ONE],
			[registered('a', ONE), registered('b', ONE, { ...hidden, beneficiaryName: '' })],
			['a'],
		],
		[
			'a UPI ID that looks masked, and is not, goes to its own row only',
			[upi('axxx1@upi'), upi('abcd1@upi')],
			[registered('a', upi('axxx1@upi'))],
			['a', undefined],
		],
	])('%s', (_, wanted, accounts, expected) => {
		expect(assigned(wanted, accounts)).toEqual(expected);
	});

	it('only in full, where that is asked for', () => {
		const accounts = [registered('a', ONE, masked('0401')), registered('b', TWO)];
		expect(assigned([ONE, TWO], accounts, true)).toEqual([undefined, 'b']);
	});
});

describe('whatever Juspay shows', () => {
	/** Few digits and few names, so that accounts are easily confused. */
	const numbers = fc
		.tuple(fc.constantFrom('1002003', '9008007'), fc.constantFrom('00401', '00402', '10401'))
		.map((parts) => parts.join(''));
	const wanted = fc.oneof(
		fc
			.tuple(
				fc.constantFrom('', '', '00'),
				numbers,
				fc.constantFrom(IFSC, OTHER_IFSC),
				fc.constantFrom(undefined, 'Asha', 'Ravi'),
			)
			.map(([zeros, number, ifsc, name]): Account => bank(zeros + number, ifsc, name)),
		fc.constantFrom('asha@okaxis', 'asho@okaxis', 'asha@upi', 'ravi@upi').map(upi),
	);

	type Style = (account: CustomerAccount) => Partial<CustomerAccount>;

	/** How a number or a UPI ID is shown: in part at most, and never wrong. */
	const numberStyles: Style[] = [
		() => ({}),
		({ accountNumber }) => ({ accountNumber: withoutZeros(accountNumber) }),
		({ accountNumber, vpa }) => ({
			accountNumber: accountNumber.replace(/\d(?=\d{4})/g, 'X'),
			vpa: vpa.replace(/(?<=.).*(?=@)/, '***'),
		}),
		({ accountNumber }) => ({
			accountNumber: accountNumber && `${accountNumber.slice(0, 3)}***${accountNumber.slice(-3)}`,
		}),
		({ accountNumber }) => ({ accountNumber: accountNumber.slice(-4) }),
		() => ({ accountNumber: '', vpa: '' }),
	];

	/** How all else is shown. */
	const otherStyles: Style[] = [
		() => ({}),
		() => ({ ifsc: '' }),
		() => ({ beneficiaryName: '' }),
		() => ({ ifsc: '', beneficiaryName: '' }),
		({ ifsc }) => ({ ifsc: ifsc.replace(/.{6}$/, '******') }),
		() => ({ type: '', accountNumber: '', vpa: '', ifsc: '', beneficiaryName: '' }),
	];

	const style = fc.tuple(fc.constantFrom(...numberStyles), fc.constantFrom(...otherStyles)).map(
		([number, other]) =>
			(account: CustomerAccount): CustomerAccount => ({
				...account,
				...number(account),
				...other(account),
			}),
	);

	it('no ID goes to a wrong row, and none to two', () => {
		let given = 0;
		fc.assert(
			fc.property(
				fc.uniqueArray(wanted, { minLength: 1, maxLength: 5, selector: identityOf }),
				fc.array(style, { minLength: 5, maxLength: 5 }),
				fc.array(fc.nat({ max: 99 }), { minLength: 5, maxLength: 5 }),
				(accounts, styles, order) => {
					const shown = accounts
						.map((account, index) => styles[index]!(registered(identityOf(account), account)))
						.map((account, index) => ({ account, at: order[index]! }))
						// Some are missing: a list may lag behind, or they were not created.
						.filter(({ at }) => at < 80)
						.sort((one, other) => one.at - other.at)
						.map(({ account }) => account);
					for (const onlyInFull of [true, false]) {
						const ids = assigned(accounts, shown, onlyInFull);
						for (const [index, id] of ids.entries()) {
							if (id === undefined) continue;
							given++;
							expect(id).toBe(identityOf(accounts[index]!));
						}
					}
				},
			),
			{ numRuns: 3000 },
		);
		// Whoever gives nothing gives nothing wrong.
		expect(given).toBeGreaterThan(3000);
	});

	it('no account that may be the wanted one counts as different', () => {
		fc.assert(
			fc.property(wanted, style, (account, show) => {
				const shown = show(registered('1', account));
				expect(['same', 'maybeSame']).toContain(likeness(shown, account));
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('an account that may be the wanted one', () => {
	const search = (listed: CustomerAccount[], account: Account) => {
		const found = nearSearch(listed)(account);
		return found && `${found.account.id} ${found.likeness}`;
	};
	const FAILED = { status: 'FAILURE' };
	const MASKED = { accountNumber: 'XXXX1191' };

	it.each<[string, CustomerAccount[], Account, string | undefined]>([
		['the number at another branch', [registered('a', BANK, { ifsc: OTHER_IFSC })], BANK, 'a near'],
		['elsewhere, no zeros', [registered('a', bank('26291800001191', OTHER_IFSC))], BANK, 'a near'],
		['masked', [registered('a', BANK, MASKED)], BANK, 'a maybeSame'],
		['masked elsewhere', [registered('a', BANK, { ...MASKED, ifsc: OTHER_IFSC })], BANK, 'a near'],
		['its last digits', [registered('a', BANK, { accountNumber: '1191' })], BANK, 'a maybeSame'],
		['without IFSC', [registered('a', BANK, { ifsc: '' })], BANK, 'a maybeSame'],
		[
			'hidden',
			[registered('a', BANK, { type: '', accountNumber: '', ifsc: '' })],
			UPI,
			'a maybeSame',
		],
		['a masked UPI ID', [registered('a', UPI, { vpa: 'a***@okaxis' })], UPI, 'a maybeSame'],
		['one of several', [registered('a', UPI), registered('b', BANK, MASKED)], BANK, 'b maybeSame'],
		['not another number', [registered('a', bank('123456789'))], BANK, undefined],
		['not a UPI ID', [registered('a', UPI)], BANK, undefined],
		['not a bank account', [registered('a', BANK, MASKED)], UPI, undefined],
		['not among none', [], BANK, undefined],
		// Correcting a failed row and running again must stay possible.
		[
			'not elsewhere, failed',
			[registered('a', BANK, { ifsc: OTHER_IFSC, ...FAILED })],
			BANK,
			undefined,
		],
		[
			'not masked at another branch, failed',
			[registered('a', BANK, { ...MASKED, ifsc: OTHER_IFSC, ...FAILED })],
			BANK,
			undefined,
		],
		// Nothing speaks against it being the same, so creating it might create it twice.
		['masked, failed', [registered('a', BANK, { ...MASKED, ...FAILED })], BANK, 'a maybeSame'],
		[
			'behind one that has failed',
			[registered('a', BANK, { ifsc: OTHER_IFSC, ...FAILED }), registered('b', BANK, MASKED)],
			BANK,
			'b maybeSame',
		],
	])('is found: %s', (_, listed, account, expected) => {
		expect(search(listed, account)).toBe(expected);
	});
});

describe('of accounts that a customer has twice', () => {
	it.each([
		[['FAILURE', 'ACTIVE'], 'ACTIVE'],
		[['CREATED', 'PENDING', 'ACTIVE'], 'ACTIVE'],
		[['FAILURE', 'CREATED', 'PENDING'], 'PENDING'],
		[['FAILURE', 'CREATED'], 'CREATED'],
		[['IN_REVIEW', 'CREATED'], 'CREATED'],
	])('%j the first is the one that is %s', (statuses, first) => {
		const accounts = statuses.map((status, index) => registered(`banh_${index}`, UPI, { status }));
		const [same = []] = byIdentity(accounts).values();
		expect(same[0]?.status).toBe(first);
		expect(same).toHaveLength(statuses.length);
	});

	it('the first counts where none is more useful', () => {
		const accounts = ['ACTIVE', 'ACTIVE'].map((status, index) =>
			registered(`banh_${index}`, upi(index === 0 ? 'asha@upi' : 'ASHA@UPI'), { status }),
		);
		expect([...byIdentity(accounts).values()].map((same) => same.map(({ id }) => id))).toEqual([
			['banh_0', 'banh_1'],
		]);
	});

	it('a UPI ID with blanks around is the one without', () => {
		const found = byIdentity([registered('a', UPI, { vpa: ' asha@okaxis ' })]);
		expect([...found.keys()]).toEqual([identityOf(UPI)]);
	});

	it('no account without a twin is lost', () => {
		fc.assert(
			fc.property(fc.uniqueArray(vpas, { selector: (vpa) => vpa.toLowerCase() }), (unique) => {
				const accounts = unique.map((vpa, index) => registered(`banh_${index}`, upi(vpa)));
				expect([...byIdentity(accounts).values()].flat()).toEqual(accounts);
			}),
		);
	});

	it.each<[string, Partial<CustomerAccount>]>([
		['masked', { accountNumber: 'XXXX1191' }],
		['last four digits', { accountNumber: '1191' }],
		['no IFSC', { ifsc: '' }],
		['hidden', { accountNumber: '' }],
		['no type', { type: '' }],
	])('one that is not shown in full has no identity: %s', (_, shown) => {
		expect(byIdentity([registered('a', BANK, shown)]).size).toBe(0);
	});
});

describe('an account that is known to be the wanted one', () => {
	it.each<[string, Account, Partial<CustomerAccount>, Partial<CustomerAccount>]>([
		['masked', BANK, { accountNumber: 'XXXX1191' }, { accountNumber: NUMBER }],
		['hidden', BANK, { type: '', accountNumber: '', ifsc: '', beneficiaryName: '' }, BANK],
		['with a masked IFSC', BANK, { ifsc: 'HDFC0******' }, { ifsc: IFSC }],
		[
			'without zeros',
			BANK,
			{ accountNumber: '26291800001191' },
			{ accountNumber: '26291800001191' },
		],
		['with a name of its own', BANK, { beneficiaryName: 'A RAO' }, { beneficiaryName: 'A RAO' }],
		['a masked UPI ID', UPI, { vpa: 'a***@okaxis' }, { vpa: 'asha@okaxis', accountNumber: '' }],
		['a UPI ID with blanks around', UPI, { vpa: ' ASHA@okaxis ' }, { vpa: 'ASHA@okaxis' }],
		['keeps the IFSC as Juspay shows it', BANK, { ifsc: 'hdfc0000001' }, { ifsc: 'hdfc0000001' }],
		['has the IFSC that is masked at its start', BANK, { ifsc: '*****00001' }, { ifsc: IFSC }],
		['has no UPI ID beside a bank account', BANK, { vpa: 'a***@upi' }, { vpa: '' }],
		[
			'has nothing of a bank account beside a UPI ID',
			UPI,
			{ accountNumber: 'XXXX1191' },
			{ accountNumber: '', ifsc: '', beneficiaryName: '' },
		],
	])('comes out whole: %s', (_, wanted, shown, expected) => {
		const whole = completed(registered('a', wanted, { status: 'ACTIVE', ...shown }), wanted);
		expect(whole).toMatchObject({ id: 'a', status: 'ACTIVE', type: wanted.type, ...expected });
	});
});

describe('the search for what may be the same account', () => {
	const wanted = bank('026291800001191');

	it('knows all that end in the same digits', () => {
		const listed = ['0262XXXX1191', '9999XXXX1191'].map((accountNumber, index) =>
			registered(`banh_${index}`, wanted, { accountNumber }),
		);
		expect(nearSearch(listed)(wanted)?.account.id).toBe('banh_0');
	});

	it('finds none with the same last digits and others before them', () => {
		const other = registered('a', wanted, { accountNumber: '9XXX1191' });
		expect(nearSearch([other])(wanted)).toBeUndefined();
	});

	it.each<[string, Account, (index: number) => Partial<CustomerAccount>]>([
		['masked bank accounts', wanted, (index) => ({ accountNumber: `XXXXX${1000 + index}` })],
		['bank accounts', wanted, (index) => ({ accountNumber: `100000${1000 + index}` })],
		['masked UPI IDs', upi('0999@upi'), (index) => ({ vpa: `*${1000 + index}@upi` })],
		['UPI IDs', upi('0999@upi'), (index) => ({ vpa: `a${1000 + index}@upi` })],
	])('compares few of a thousand %s', (_, account, shown) => {
		let compared = 0;
		const listed = Array.from({ length: 1000 }, (__, index) => {
			const other = registered(`banh_${index}`, account, shown(index));
			// Each comparison starts with the type.
			return {
				...other,
				get type() {
					compared++;
					return other.type;
				},
			};
		});
		const search = nearSearch(listed);
		compared = 0;
		search(account);
		expect(compared).toBeLessThan(10);
	});
});
