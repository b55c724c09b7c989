import fc from 'fast-check';
import type { Account } from '../../nodes/Juspay/account/types';
import { identityOf } from '../../nodes/Juspay/account/identity';
import type { Answer } from '../../nodes/Juspay/http/transport';
import type { CreateOrder, CreateResult } from '../../nodes/Juspay/once';
import { bank, upi } from './accounts';
import { answered, createIn, SmallJuspay, LOST } from './smallJuspay';

const ASHA = upi('asha@upi');
const RAVI = upi('ravi@upi');
const BANK = bank('026291800001191', 'HDFC0000001', 'Asha');

async function create(
	juspay: SmallJuspay,
	accounts: Account[],
	order: Partial<CreateOrder> = {},
): Promise<CreateResult[]> {
	return await createIn(juspay.session(), accounts, order);
}

/** What became of each account, in a word. */
const told = (made: CreateResult[]) =>
	made.map((one) => ('failure' in one ? one.failure.code : `${one.account.id} ${one.outcome}`));
const creates = ({ requests }: SmallJuspay) => requests.filter((it) => it.startsWith('create'));

/** Of a failure what is said, in one line. */
function said([made]: CreateResult[]): string {
	if (!made || !('failure' in made)) throw new RangeError('Nothing has failed');
	return `${made.failure.message}. ${made.failure.description}`;
}

describe('a request that is refused because of some of its accounts', () => {
	const payers = (count: number) =>
		Array.from({ length: count }, (_, index) => upi(`payer${index}@bank`));

	it('is cut until each bad account stands alone, in few requests; all others are created', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(fc.nat({ max: 49 }), { maxLength: 6 }),
				fc.integer({ min: 1, max: 50 }),
				async (bad, perRequest) => {
					const accounts = payers(50);
					const refused = new Set(bad.map((index) => identityOf(accounts[index] as Account)));
					const juspay = new SmallJuspay();
					// Words that name the account: one reason for the three samples would end it all.
					juspay.refuses = (account) =>
						refused.has(identityOf(account)) ? `No: ${identityOf(account)}` : undefined;
					const made = await create(juspay, accounts, { perRequest });
					expect(made.flatMap((one, index) => ('failure' in one ? [index] : []))).toEqual(
						[...bad].sort((one, other) => one - other),
					);
					for (const [index, account] of accounts.entries()) {
						expect(juspay.count(account)).toBe(bad.includes(index) ? 0 : 1);
					}
					// Two looks; the batches; per refused batch a look and three samples; per bad account, down its branch,
					// two creates and one look at each level.
					const batches = Math.ceil(50 / perRequest);
					const most = 2 + batches + Math.min(bad.length, batches) * 4 + bad.length * 3 * 6;
					const sent = juspay.requests.filter((it) => it !== 'page');
					expect(sent.length).toBeLessThanOrEqual(most);
				},
			),
		);
	});

	it.each<[string, (account: Account) => string | undefined, string[]]>([
		[
			'all are refused for one reason: three alone show it',
			() => 'The gateway is closed',
			['create 50', 'create 1', 'create 1', 'create 1'],
		],
		[
			'the last is not refused: then the others are sent as well',
			(account) => (identityOf(account) === 'upi payer49@bank' ? undefined : 'Closed'),
			['create 50', 'create 1', 'create 1', 'create 1', 'create 24'],
		],
		[
			'the words name accounts: they are no common reason',
			(account) => `No: ${account.type === 'upi' ? account.vpa : ''}`,
			['create 50', 'create 1', 'create 1', 'create 1', 'create 24'],
		],
		[
			'the three are refused for different reasons',
			(account) => (identityOf(account) === 'upi payer0@bank' ? 'Closed' : 'Unknown bank'),
			['create 50', 'create 1', 'create 1', 'create 1', 'create 24'],
		],
	])('%s', async (_, refuses, expected) => {
		const juspay = new SmallJuspay();
		juspay.put(ASHA);
		juspay.refuses = refuses;
		const made = await create(juspay, payers(50));
		expect(creates(juspay).slice(0, 5)).toEqual(expected);
		expect(creates(juspay).length > 4).toBe(expected.length > 4);
		const isMade = made.map((one) => 'outcome' in one);
		expect(isMade).toEqual(payers(50).map((account) => refuses(account) === undefined));
	});

	it('says of each what Juspay said of the one that stands for it', async () => {
		const juspay = new SmallJuspay();
		juspay.put(ASHA);
		juspay.refuses = () => 'The gateway is closed';
		for (const one of await create(juspay, payers(50))) {
			expect(said([one])).toMatch(/rejected the request .*: The gateway is closed\./);
		}
	});
});

describe('what may be the same account is not created', () => {
	it.each<[string, Account, Account, object, string, RegExp]>([
		[
			'the number at another branch',
			bank('026291800001191', 'ICIC0000002'),
			BANK,
			{},
			'SIMILAR_ACCOUNT',
			/account banh_1, which seems to have the same number with another IFSC.*CREATED.*'If Account Exists' to 'Create Another' for this row/,
		],
		[
			'a masked number',
			BANK,
			BANK,
			{ account_details: { account_number: 'XXXX1191', ifsc: 'HDFC0000001' } },
			'CANNOT_TELL',
			/account banh_1, which may be the same: Juspay doesn't show enough/,
		],
	])('%s', async (_, there, wanted, shown, code, words) => {
		const juspay = new SmallJuspay();
		juspay.put(there);
		juspay.shows = (kept) => ({ ...juspay.wire(kept), ...shown });
		const made = await create(juspay, [wanted]);
		expect(told(made)).toEqual([code]);
		expect(said(made)).toMatch(words);
		expect(creates(juspay)).toEqual([]);
	});

	it('an account that differs in leading zeros is taken, and of two the better one, and both are named', async () => {
		const juspay = new SmallJuspay();
		juspay.put(bank('26291800001191'));
		juspay.put(ASHA);
		juspay.put(ASHA, 'ACTIVE');
		expect(told(await create(juspay, [BANK, ASHA]))).toEqual([
			'banh_1 existing',
			'banh_3 existing',
		]);
		expect(juspay.notes).toEqual(['Customer c has the same account 2 times: banh_3, banh_2']);
	});
});

describe('a 2xx to a create', () => {
	it('with accounts that can not be told apart names the new IDs, and gives none to a row', async () => {
		const juspay = new SmallJuspay();
		juspay.put(RAVI);
		juspay.shows = (kept) => ({
			...juspay.wire(kept),
			...(kept.account !== RAVI && { account_details: {} }),
		});
		const made = await create(juspay, [upi('a@upi'), upi('b@upi')]);
		expect(told(made)).toEqual(['CREATED_UNCLEAR', 'CREATED_UNCLEAR']);
		expect(said(made)).toMatch(
			/^Created, but .* doesn't show which account is which: banh_2, banh_3\./,
		);
		expect(juspay.kept).toHaveLength(3);
	});

	it.each<[string, unknown, RegExp]>([
		[
			'nothing',
			{ request_id: 'x' },
			/doesn't contain this account\. The account may have been created\. .*it settles this by itself/,
		],
		[
			"Juspay's error object",
			{ error_info: { code: 'X', developer_message: 'Nope' } },
			/rejected the request to create accounts: Nope/,
		],
	])('with %s, and nothing new in the list, is never sent again', async (_, body, words) => {
		const juspay = new SmallJuspay();
		juspay.put(RAVI);
		juspay.answers = (call, perform) => (call.method === 'POST' ? answered(200, body) : perform());
		let posts = 0;
		const { answers } = juspay;
		juspay.answers = (call, perform) => {
			if (call.method === 'POST') posts++;
			return answers(call, perform);
		};
		expect(said(await create(juspay, [ASHA]))).toMatch(words);
		expect(posts).toBe(1);
	});
});

describe('a create whose answer is lost', () => {
	/** Loses the answers to creates; `isDone`: they take effect all the same. */
	async function losing(isDone: boolean): Promise<SmallJuspay> {
		const juspay = new SmallJuspay();
		// A list has shown what is new: it is known how late lists are.
		await create(juspay, [RAVI]);
		juspay.requests.length = 0;
		juspay.answers = (call, perform) => {
			if (call.method === 'GET') return perform();
			if (isDone) perform();
			else juspay.requests.push('create lost');
			return LOST;
		};
		return juspay;
	}

	it('is found in the list, and not sent again', async () => {
		const juspay = await losing(true);
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 created']);
		expect(creates(juspay)).toEqual(['create 1']);
	});

	it('is sent again after two lists that do not show it, both taken late enough', async () => {
		const juspay = await losing(false);
		expect(said(await create(juspay, [ASHA]))).toMatch(
			/didn't exist when the node checked afterwards\. The next run creates only what is missing/,
		);
		// The third is taken 12 seconds after the loss, the fourth a second later.
		const round = ['create lost', 'list', 'list', 'list', 'list'];
		expect(juspay.requests).toEqual(['list', ...round, ...round, ...round]);
	});

	it('is left to the user where no list can be read', async () => {
		const juspay = await losing(false);
		const { answers } = juspay;
		let lists = 0;
		juspay.answers = (call, perform) =>
			call.method === 'GET' && ++lists > 1 ? answered(503) : answers(call, perform);
		expect(said(await create(juspay, [ASHA]))).toMatch(/The account may have been created/);
		expect(creates(juspay)).toEqual(['create lost']);
	});
});

describe('a list that proves nothing', () => {
	it.each<[string, Answer, RegExp]>([
		[
			'a list that is forbidden',
			answered(403, { error_info: { code: 'UNAUTHORIZED' } }),
			/is not allowed to list accounts\..*can't tell which accounts exist.*'Create Another': then every account is created/,
		],
		['a list that is not there', answered(503), /currently unavailable \(status 503\)/],
	])('lets nothing be created: %s', async (_, answer, words) => {
		const juspay = new SmallJuspay();
		juspay.answers = (call, perform) => (call.method === 'GET' ? answer : perform());
		expect(said(await create(juspay, [ASHA]))).toMatch(words);
		expect(juspay.kept).toEqual([]);
	});
});

describe('Create Another', () => {
	it.each([
		['looks once before a request with several accounts', 50, ['list', 'create 2']],
		['does not look before requests with one each', 1, ['create 1', 'create 1']],
	])('%s', async (_, perRequest, requests) => {
		const juspay = new SmallJuspay();
		juspay.put(ASHA);
		const made = await create(juspay, [ASHA, ASHA], { onExisting: 'create', perRequest });
		expect(told(made)).toEqual(['banh_2 created', 'banh_3 created']);
		expect(juspay.requests).toEqual(requests);
	});
});

describe('create and validate', () => {
	it('validates what is new and what was never validated, each once, by the Validate call', async () => {
		const juspay = new SmallJuspay();
		const there = ['CREATED', 'ACTIVE', 'PENDING', 'FAILURE'].map((status, index) =>
			juspay.put(upi(`${index}@upi`), status),
		);
		const accounts = [...there.map(({ account }) => account), ASHA];
		const made = await create(juspay, accounts, { validate: true });
		expect(made.map((one) => 'validation' in one && one.validation)).toEqual([
			'started',
			'notNeeded',
			'notNeeded',
			'notNeeded',
			'started',
		]);
		expect(juspay.requests.filter((it) => it === 'validate')).toHaveLength(2);
		await create(juspay, accounts, { validate: true });
		expect(juspay.requests.filter((it) => it === 'validate')).toHaveLength(2);
	});

	it.each<[string, Account, unknown]>([
		['a new account', ASHA, 'started'],
		['an account that was there', RAVI, 'notNeeded'],
	])('%s that Juspay shows without a status', async (_, wanted, validation) => {
		const juspay = new SmallJuspay();
		juspay.put(RAVI);
		juspay.shows = (kept) => ({
			...juspay.wire(kept),
			...(kept.status === 'CREATED' && { validation_status: '' }),
		});
		expect(await create(juspay, [wanted], { validate: true })).toMatchObject([{ validation }]);
	});

	it('names the account whose validation was refused', async () => {
		const juspay = new SmallJuspay();
		juspay.answers = (call, perform) =>
			call.path.endsWith('/validate')
				? answered(400, { error_info: { code: 'GATEWAY_NOT_FOUND' } })
				: perform();
		const [made] = await create(juspay, [ASHA], { validate: true });
		expect(made).toMatchObject({
			failure: { code: 'SETUP', juspayCode: 'GATEWAY_NOT_FOUND', effect: 'none' },
			account: { id: 'banh_1', status: 'CREATED' },
			outcome: 'created',
		});
	});
});
