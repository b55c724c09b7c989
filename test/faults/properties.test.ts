import fc from 'fast-check';
import type { Account } from '../../nodes/Juspay/accounts/account';
import { identityOf } from '../../nodes/Juspay/accounts/identity';
import type { CreateOrder, Made } from '../../nodes/Juspay/api/exactlyOnce';
import { createAccounts, validateAccounts } from '../../nodes/Juspay/api/exactlyOnce';
import type { Behaviour, Event, Shows } from './fakeJuspay';
import { EVENTS, FakeJuspay, SHOWS } from './fakeJuspay';

const RUNS = 600;

const SETTINGS = {
	routingId: '',
	gatewayId: '',
	gatewayReferenceId: '',
	validationAmount: '',
	bodyFields: [],
};

/** Few enough that the same account comes up in several rows, written in different ways. */
const account = fc.nat({ max: 19 }).chain(
	(number): fc.Arbitrary<Account> =>
		number % 3 === 0
			? fc
					.constantFrom('okbank', 'OKBANK', 'OkBank')
					.map((bank) => ({ type: 'upi', vpa: `payer${number}@${bank}` }))
			: fc.constantFrom('HDFC0000001', 'HDFC0000002').map((ifsc) => ({
					type: 'bankAccount',
					accountNumber: `00000000${100 + number}`,
					ifsc,
				})),
);

const behaviour = (shows: readonly Shows[]): fc.Arbitrary<Behaviour> =>
	fc.record({
		events: fc.array(fc.constantFrom('well' as const, ...EVENTS), { maxLength: 25 }),
		refuses: fc
			.array(account, { maxLength: 3 })
			.map((refused) => new Set(refused.map((one) => identityOf(one)))),
		pageSize: fc.integer({ min: 1, max: 6 }),
		shows: fc.constantFrom(...shows),
	});

const work = fc.record({
	accounts: fc.array(account, { minLength: 1, maxLength: 25 }),
	there: fc.array(account, { maxLength: 5 }),
	perRequest: fc.integer({ min: 1, max: 30 }),
	validate: fc.boolean(),
});

type Work = typeof work extends fc.Arbitrary<infer Each> ? Each : never;

/** A fake that holds the accounts that are there before, each once. */
function start(does: Behaviour, { there }: Work): FakeJuspay {
	const juspay = new FakeJuspay(does);
	for (const one of there) if (juspay.count(one) === 0) juspay.put(one);
	return juspay;
}

function order({ accounts, perRequest, validate }: Work, onExisting: CreateOrder['onExisting']) {
	return { customerId: 'c', accounts, perRequest, validate, onExisting, settings: SETTINGS };
}

/** Each account has one answer, in the order given, and it is true. */
function expectTrueAnswers(juspay: FakeJuspay, accounts: readonly Account[], made: Made[]): void {
	expect(made).toHaveLength(accounts.length);
	for (const [index, one] of made.entries()) {
		const asked = accounts[index] as Account;
		if ('account' in one) {
			const kept = juspay.kept.find(({ id }) => id === one.account.id);
			expect(kept && identityOf(kept.account)).toBe(identityOf(asked));
		} else {
			expect(one.failure.message).not.toBe('');
			expect(one.failure.code).not.toBe('');
		}
	}
}

// Microtasks alone can take longer than jest's five seconds on a busy machine.
jest.setTimeout(60_000);

describe('making accounts, whatever comes back', () => {
	it('reuse: never one twice, one true answer each, in order; and the next run makes the rest', async () => {
		await fc.assert(
			fc.asyncProperty(behaviour(['plain', 'nested']), work, async (does, its) => {
				const juspay = start(does, its);
				const made = await createAccounts(juspay.client(), order(its, 'reuse'));
				expectTrueAnswers(juspay, its.accounts, made);
				juspay.calm();
				for (const one of its.accounts) expect(juspay.count(one)).toBeLessThanOrEqual(1);
				const failed = made.flatMap((one, index) =>
					'failure' in one ? [{ ...one, account: its.accounts[index] as Account }] : [],
				);
				const before = new Set(its.there.map((one) => identityOf(one)));
				for (const { failure, account: one } of failed) {
					// What is certain to have failed is not there.
					if (failure.happened === 'no' && !before.has(identityOf(one))) {
						expect(juspay.count(one)).toBe(0);
					}
				}

				const again = await createAccounts(juspay.client(), order(its, 'reuse'));
				expectTrueAnswers(juspay, its.accounts, again);
				for (const [index, one] of again.entries()) {
					const asked = its.accounts[index] as Account;
					const isRefused = does.refuses.has(identityOf(asked)) && !before.has(identityOf(asked));
					expect('account' in one).toBe(!isRefused);
					expect(juspay.count(asked)).toBe(isRefused ? 0 : 1);
				}
				for (const { validations } of juspay.kept) expect(validations).toBeLessThanOrEqual(1);
			}),
			{ numRuns: RUNS },
		);
	});

	it('create: never more often than asked for, one true answer each, in order', async () => {
		await fc.assert(
			fc.asyncProperty(behaviour(['plain', 'nested']), work, async (does, its) => {
				const juspay = start(does, { ...its, there: [] });
				const made = await createAccounts(juspay.client(), order(its, 'create'));
				expectTrueAnswers(juspay, its.accounts, made);
				juspay.calm();
				for (const one of its.accounts) {
					const same = (other: Account) => identityOf(other) === identityOf(one);
					const answers = made.filter((_, index) => same(its.accounts[index] as Account));
					const sure = answers.filter((answer) => 'account' in answer).length;
					const maybe = answers.filter(
						(answer) => 'failure' in answer && answer.failure.happened === 'unknown',
					).length;
					expect(juspay.count(one)).toBeGreaterThanOrEqual(sure);
					expect(juspay.count(one)).toBeLessThanOrEqual(sure + maybe);
				}
				const ids = made.flatMap((one) => ('account' in one ? [one.account.id] : []));
				expect(new Set(ids).size).toBe(ids.length);
			}),
			{ numRuns: RUNS },
		);
	});

	it.each(SHOWS)('accounts shown %s: never one twice', async (shows) => {
		await fc.assert(
			fc.asyncProperty(behaviour([shows]), work, async (does, its) => {
				// Where Juspay doesn't say how many there are, nobody can see that some are left out.
				const cut = (event: Event) => event === 'half' || event === 'none';
				const events = does.events.filter((it) => shows !== 'withoutTotal' || !cut(it));
				const juspay = start({ ...does, events, refuses: new Set() }, its);
				for (let run = 0; run < 2; run++) {
					const made = await createAccounts(juspay.client(), order(its, 'reuse'));
					expect(made).toHaveLength(its.accounts.length);
					juspay.calm();
				}
				for (const one of its.accounts) expect(juspay.count(one)).toBeLessThanOrEqual(1);
			}),
			{ numRuns: RUNS / 3 },
		);
	});

	it('halving ends: each refused account alone, all others made, in few requests', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(fc.nat({ max: 49 }), { maxLength: 6 }),
				fc.integer({ min: 1, max: 50 }),
				async (bad, perRequest) => {
					const accounts = Array.from(
						{ length: 50 },
						(_, index): Account => ({ type: 'upi', vpa: `payer${index}@bank` }),
					);
					const refuses = new Set(bad.map((index) => identityOf(accounts[index] as Account)));
					const juspay = new FakeJuspay({ events: [], refuses, pageSize: 100, shows: 'plain' });
					const its = { accounts, there: [], perRequest, validate: false };
					const made = await createAccounts(juspay.client(), order(its, 'reuse'));
					expect(made.flatMap((one, index) => ('failure' in one ? [index] : []))).toEqual(
						[...bad].sort((one, other) => one - other),
					);
					expect(juspay.kept).toHaveLength(50 - bad.length);
					// For each bad one, down its branch: two creates and one look at each level.
					const batches = Math.ceil(50 / perRequest);
					expect(juspay.requests).toBeLessThanOrEqual(1 + batches + bad.length * 3 * 6);
				},
			),
			{ numRuns: 300 },
		);
	});
});

describe('validating, whatever comes back', () => {
	it('never starts a validation twice, and answers each', async () => {
		await fc.assert(
			fc.asyncProperty(
				behaviour(['plain', 'nested']),
				fc.uniqueArray(account, { minLength: 1, maxLength: 8, selector: identityOf }),
				async (does, accounts) => {
					const juspay = new FakeJuspay(does);
					const orders = accounts
						.map((one) => juspay.put(one))
						.map(({ id }) => ({ customerId: 'c', customerAccountId: id, settings: SETTINGS }));
					for (let run = 0; run < 2; run++) {
						const results = await validateAccounts(juspay.client(), orders);
						expect(results).toHaveLength(orders.length);
						juspay.calm();
						for (const [index, { validations }] of juspay.kept.entries()) {
							expect(validations).toBeLessThanOrEqual(1);
							const result = results[index];
							if (result?.ok) {
								expect(result.value.account.id).toBe(`banh_${index}`);
								expect(validations).toBe(1);
							} else if (result?.failure.happened === 'no' && run === 0) {
								expect(validations).toBe(0);
							} else if (run === 1) throw new RangeError('It fails although all goes well');
						}
					}
				},
			),
			{ numRuns: RUNS },
		);
	});
});
