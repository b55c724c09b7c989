import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { JuspayResult } from '../engine';
import type { DialectName } from '../../dev/simulator/dialects';
import type { Call, Fault, Simulator, SimulatorOptions } from '../../dev/simulator/simulator';
import { failures, isFailed, VALIDATION_IN_DOUBT } from './judge';
import { runNode, withSimulator, withWarmSimulator } from './node';

/** Nothing is sent again unless something shows that it had no effect. The judge is what the simulator did. */

// The node's 12 seconds for each doubt take 1.2; effects come as much earlier.
jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));

/** The node's seconds, in milliseconds of ours. */
const seconds = (count: number) => 100 * count;

let subject = '';

/** Puts a subject before the names of tests. Jest runs only the tests of one `describe` side by side. */
function about(what: string, define: () => void): void {
	subject = what;
	define();
	subject = '';
}

/** A test that runs beside all others, with a simulator of its own. */
function test(name: string, run: () => Promise<void>): void {
	it.concurrent(`${subject} › ${name}`, run);
}

test.each =
	<T extends unknown[] | string | boolean>(cases: readonly T[]) =>
	(name: string, run: (...each: T extends unknown[] ? T : [T]) => Promise<void>): void => {
		it.concurrent.each(cases as T[])(`${subject} › ${name}`, run as () => Promise<void>);
	};

/**
 * Tests in which a request's time ends: they run by themselves once all others are done. A process that is busy with
 * forty tests may take longer than that to notice a connection, and would be timed out before it has sent anything.
 */
const untimely: Array<() => void> = [];

const CUSTOMER = 'cst_1';
const IFSC = 'HDFC0000001';

const numberOf = (index: number, ending = '0011') => `50000000${1000 + index}${ending}`;

/** A customer's bank accounts as rows of a sheet. */
const rows = (count: number, customer_id = CUSTOMER): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({
		customer_id,
		account_number: numberOf(index),
		ifsc: IFSC,
	}));

/** What may never be above zero. */
const NOTHING_TWICE = {
	duplicatesMade: 0,
	validationsRepeated: 0,
	validationsWhileUnsettled: 0,
};

const outcomesOf = (result: JuspayResult) => result.items().map(({ outcome }) => outcome);
const statusesOf = (result: JuspayResult) =>
	result.items().map(({ validationStatus }) => validationStatus);
const codesOf = (result: JuspayResult) => failures(result).map(({ errorCode }) => errorCode);
const hintsOf = (result: JuspayResult) => result.hints.map(({ message }) => message).join('\n');
const all = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

/** Each row's item names the account that the simulator made for it. */
function expectOwnIds(simulator: Simulator, result: JuspayResult, items: IDataObject[]): void {
	const accounts = new Map(simulator.accounts().map((account) => [account.id, account]));
	expect(
		result.items().map(({ customerAccountId: id }) => accounts.get(String(id))?.accountNumber),
	).toEqual(items.map(({ account_number }) => account_number));
}

const warm = async (
	options: SimulatorOptions,
	use: (simulator: Simulator) => Promise<void>,
): Promise<void> => await withWarmSimulator({ customers: [CUSTOMER] }, options, use);

const validateOne = (id: string): IDataObject => ({
	operation: 'validate',
	customerId: CUSTOMER,
	customerAccountId: { __rl: true, mode: 'id', value: id },
});

const seeded = (simulator: Simulator, status = 'CREATED', index = 0) =>
	simulator.seedAccount(CUSTOMER, { accountNumber: numberOf(index), ifsc: IFSC }, status);

about('a create that takes effect late', () => {
	const isWaitedFor = async (_: string, fault: Fault, options: IDataObject) => {
		await warm({}, async (simulator) => {
			simulator.addFault({ ...fault, call: 'createAccounts', times: 1 });
			const items = rows(4);
			const result = await runNode(simulator, items, { options });
			expect(codesOf(result)).toEqual([]);
			expect(outcomesOf(result)).toEqual(all(4, 'created'));
			expectOwnIds(simulator, result, items);
			await sleep(seconds(10));
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 4 });
			expect(simulator.counters.requests.createAccounts).toBe(1);
		});
	};

	test.each<[string, Fault, IDataObject]>([
		['3 seconds after the connection is lost', { kind: 'dropLate', forMs: seconds(3) }, {}],
		['10 seconds after the connection is lost', { kind: 'dropLate', forMs: seconds(10) }, {}],
	])('%s, is waited for and not sent again', isWaitedFor);

	untimely.push(() => {
		it('a create that takes effect 9 seconds after the time-out is waited for too', async () => {
			const late: Fault = { kind: 'lateEffect', forMs: 2000 + seconds(9) };
			await isWaitedFor('', late, { timeout: 2 });
		});
	});

	test('is sent again once two lists in a row show that it had none', async () => {
		await warm({}, async (simulator) => {
			simulator.addFault({ call: 'createAccounts', kind: 'dropBefore', times: 1 });
			const result = await runNode(simulator, rows(4));
			expect(outcomesOf(result)).toEqual(all(4, 'created'));
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 4 });
			const [first, second] = simulator
				.requests()
				.filter(({ call }) => call === 'createAccounts')
				.map(({ at }) => at);
			expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(seconds(11.9));
		});
	});
});

about('a create that is answered 2xx in a form that nobody can read', () => {
	const unread: Array<[string, { fault?: Fault; dialect?: DialectName }]> = [
		['an empty body', { fault: { kind: 'emptyBody' } }],
		['JSON that breaks off', { fault: { kind: 'brokenJson' } }],
		['a web page', { fault: { kind: 'statusAfter', status: 200, body: '<html>Welcome</html>' } }],
		['JSON of another kind', { fault: { kind: 'statusAfter', status: 200, body: { a: 1 } } }],
		['204', { dialect: 'create-204' }],
		['accounts without details', { dialect: 'create-without-details' }],
	];
	test.each(unread)(
		'%s: nothing is created twice, the list gives the IDs',
		async (_, { fault, dialect }) => {
			await warm({ dialect }, async (simulator) => {
				if (fault) simulator.addFault({ ...fault, call: 'createAccounts' });
				const items = rows(3);
				const result = await runNode(simulator, items);
				expect(outcomesOf(result)).toEqual(all(3, 'created'));
				expectOwnIds(simulator, result, items);
				const again = await runNode(simulator, items);
				expect(outcomesOf(again)).toEqual(all(3, 'existing'));
				expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 3 });
				expect(simulator.counters.requests.createAccounts).toBe(1);
			});
		},
	);
});

about("a 2xx with Juspay's error object", () => {
	const body = {
		status: 'error',
		error_info: { code: 'INVALID_ACCOUNT_DETAILS', developer_message: 'No such branch' },
	};

	test('is a refusal where the list shows nothing new', async () => {
		await warm({}, async (simulator) => {
			simulator.addFault({ call: 'createAccounts', kind: 'status', status: 200, body });
			const result = await runNode(simulator, rows(1));
			expect(result.items()).toEqual([
				expect.objectContaining({
					errorCode: 'SETUP',
					error: expect.stringMatching(/No such branch/) as string,
				}),
			]);
			const { accountsMade, requests } = simulator.counters;
			expect([accountsMade, requests.createAccounts]).toEqual([0, 1]);
			expect(requests.listAccounts).toBeGreaterThanOrEqual(2);
		});
	});

	test('is none where the list shows the accounts', async () => {
		await warm({}, async (simulator) => {
			simulator.addFault({ call: 'createAccounts', kind: 'statusAfter', status: 200, body });
			const items = rows(3);
			const result = await runNode(simulator, items);
			expect(outcomesOf(result)).toEqual(all(3, 'created'));
			expectOwnIds(simulator, result, items);
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 3 });
			expect(simulator.counters.requests.createAccounts).toBe(1);
		});
	});

	test('refuses the bad account of five alone', async () => {
		await warm({ dialect: 'refusals-200' }, async (simulator) => {
			const items = rows(5).map((row, index) => ({
				...row,
				account_number: numberOf(index, index === 2 ? '0009' : '0011'),
			}));
			const result = await runNode(simulator, items);
			expect(outcomesOf(result)).toEqual(['created', 'created', 'error', 'created', 'created']);
			expect(codesOf(result)).toEqual(['SETUP']);
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 4 });
		});
	});
});

about('409 DUPLICATE_REQUEST', () => {
	const isNoProof = async (second: Fault) => {
		await warm({}, async (simulator) => {
			simulator.addFault({ call: 'createAccounts', kind: 'hang', times: 1 });
			simulator.addFault({ call: 'createAccounts', ...second });
			const items = rows(3);
			const result = await runNode(simulator, items, { options: { timeout: 2 } });
			expect(codesOf(result)).toEqual([]);
			expect(outcomesOf(result)).toEqual(all(3, 'created'));
			expectOwnIds(simulator, result, items);
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 3 });
		});
	};

	untimely.push(() => {
		it.each<[string, Fault]>([
			['our own request is still at work', { kind: 'statusAfter', status: 409, times: 1 }],
			['another one was', { kind: 'status', status: 409, times: 1 }],
		])('409 after our own time-out is no proof: %s', async (_, second) => await isNoProof(second));
	});
});

about('an account that may be the one in the row', () => {
	const NUMBER = '501000000123';
	const near = async (
		held: { accountNumber: string; ifsc?: string; status?: string },
		options: SimulatorOptions,
		judge: (result: JuspayResult, id: string, simulator: Simulator) => void,
	) => {
		await warm(options, async (simulator) => {
			const { accountNumber, ifsc = IFSC, status } = held;
			const id = simulator.seedAccount(CUSTOMER, { accountNumber, ifsc }, status);
			const items = [{ customer_id: CUSTOMER, account_number: NUMBER, ifsc: IFSC }];
			judge(await runNode(simulator, items), id, simulator);
		});
	};

	test('is it where this process created it, and nothing is said of zeros that are masked', async () => {
		await warm({ dialect: 'number-masked' }, async (simulator) => {
			const items = rows(1);
			await runNode(simulator, items);
			const result = await runNode(simulator, items);
			expect(outcomesOf(result)).toEqual(['existing']);
			expect(hintsOf(result)).not.toContain('only leading zeros differ');
		});
	});

	test('is it where only leading zeros differ, and a hint says so', async () => {
		await near({ accountNumber: `000${NUMBER}` }, {}, (result, id, simulator) => {
			expect(result.items()).toEqual([
				expect.objectContaining({ customerAccountId: id, outcome: 'existing' }),
			]);
			expect(hintsOf(result)).toContain(`Account ${id} was used for the account in the input`);
			expect(hintsOf(result)).toContain('only leading zeros differ');
			expect(simulator.counters.requests.createAccounts).toBe(0);
		});
	});

	test.each<[string, string, { ifsc?: string }, DialectName | undefined]>([
		['has another IFSC', 'SIMILAR_ACCOUNT', { ifsc: 'HDFC0000002' }, undefined],
		['is masked', 'CANNOT_TELL', {}, 'number-masked'],
	])('refuses the row where it %s, and is named', async (_, errorCode, held, dialect) => {
		await near({ accountNumber: NUMBER, ...held }, { dialect }, (result, id, simulator) => {
			expect(result.items()).toEqual([
				expect.objectContaining({
					errorCode,
					error: expect.stringMatching(new RegExp(`^The customer has account ${id}, `)) as string,
					errorHint: expect.stringContaining("'If Account Exists' to 'Create Another'") as string,
				}),
			]);
			expect(simulator.counters.requests.createAccounts).toBe(0);
		});
	});

	test('is not in the way of a corrected row where its validation failed', async () => {
		const held = { accountNumber: NUMBER, ifsc: 'HDFC0000002', status: 'FAILURE' };
		await near(held, {}, (result, id, simulator) => {
			expect(outcomesOf(result)).toEqual(['created']);
			expect(result.items()[0]?.customerAccountId).not.toBe(id);
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 1 });
		});
	});
});

about('two executions at once', () => {
	test.each([false, true])(
		'of the same rows: each account once, the second says existing (validating: %s)',
		async (validateOnCreate) => {
			await warm({ latencyMs: 50 }, async (simulator) => {
				const items = rows(20);
				const run = async () =>
					await runNode(simulator, items, { validateOnCreate, options: { accountsPerRequest: 5 } });
				const results = await Promise.all([run(), run()]);
				expect(results.map((result) => outcomesOf(result)).sort()).toEqual([
					all(20, 'created'),
					all(20, 'existing'),
				]);
				expect(results[0]?.items().map(({ customerAccountId }) => customerAccountId)).toEqual(
					results[1]?.items().map(({ customerAccountId }) => customerAccountId),
				);
				expect(simulator.counters).toMatchObject({
					...NOTHING_TWICE,
					accountsMade: 20,
					validationsStarted: validateOnCreate ? 20 : 0,
				});
			});
		},
	);
});

about('Stop, and a run again at once', () => {
	/** Stops a run once Juspay has the call, and runs it again without a pause. */
	const stopAndRunAgain = async (
		simulator: Simulator,
		call: 'createAccounts' | 'validateAccount',
		run: (signal?: AbortSignal) => Promise<JuspayResult>,
	) => {
		const stop = new AbortController();
		const stopping = run(stop.signal);
		while (simulator.counters.requests[call] === 0) await sleep(10);
		stop.abort();
		expect((await stopping).status).toBe('canceled');
		return await run();
	};

	test('makes each account once, also one that was on its way', async () => {
		await warm({}, async (simulator) => {
			simulator.addFault({
				call: 'createAccounts',
				kind: 'lateEffect',
				forMs: seconds(5),
				times: 1,
			});
			const items = rows(4);
			const result = await stopAndRunAgain(
				simulator,
				'createAccounts',
				async (signal) => await runNode(simulator, items, {}, { signal }),
			);
			expect(outcomesOf(result)).toEqual(all(4, 'existing'));
			expectOwnIds(simulator, result, items);
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 4 });
		});
	});

	test('pays for each validation once, also for one that was on its way', async () => {
		await warm({}, async (simulator) => {
			const id = seeded(simulator);
			simulator.addFault({
				call: 'validateAccount',
				kind: 'lateEffect',
				forMs: seconds(3),
				times: 1,
			});
			const result = await stopAndRunAgain(
				simulator,
				'validateAccount',
				async (signal) => await runNode(simulator, [{}], validateOne(id), { signal }),
			);
			// It waits for the one on its way, which the customer's turn is kept for, and finds it done.
			expect(result.error?.message).toBeUndefined();
			expect(statusesOf(result)).toEqual(['ACTIVE']);
			const later = await runNode(simulator, [{}], validateOne(id));
			expect(later.error?.message).toBeUndefined();
			expect(statusesOf(later)).toEqual(['ACTIVE']);
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, validationsStarted: 1 });
			expect(simulator.counters.requests.validateAccount).toBe(1);
		});
	});
});

about('a validation whose status does not move', () => {
	const stays = { validateStaysCreated: true };

	test('is sent once ever: in a second run, and by two executions at once', async () => {
		await warm({ ...stays, latencyMs: 50 }, async (simulator) => {
			const id = seeded(simulator);
			const run = async () => await runNode(simulator, [{}], validateOne(id));
			const results = [...(await Promise.all([run(), run()])), await run()];
			for (const result of results) expect(statusesOf(result)).toEqual(['CREATED']);
			expect(hintsOf(results[2] as JuspayResult)).toMatch(
				new RegExp(
					`(^|<br>)The validation of account ${id} was started on \\d+ \\w+ 20.* is not started again`,
				),
			);
			expect(simulator.counters.requests.validateAccount).toBe(1);
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, validationsStarted: 1 });
		});
	});

	test('is sent once ever by Create, and by Validate after it', async () => {
		await warm(stays, async (simulator) => {
			const create = async () => await runNode(simulator, rows(3), { validateOnCreate: true });
			expect(outcomesOf(await create())).toEqual(all(3, 'created'));
			expect(outcomesOf(await create())).toEqual(all(3, 'existing'));
			for (const { id } of simulator.accounts()) await runNode(simulator, [{}], validateOne(id));
			expect(simulator.counters.requests.validateAccount).toBe(3);
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, validationsStarted: 3 });
		});
	});

	test('and whose answer was lost, is in doubt and never sent again', async () => {
		await warm(stays, async (simulator) => {
			const id = seeded(simulator);
			simulator.addFault({ call: 'validateAccount', kind: 'dropAfter', times: 1 });
			const first = await runNode(simulator, [{}], validateOne(id));
			expect(codesOf(first)).toEqual([VALIDATION_IN_DOUBT]);
			const again = await runNode(simulator, [{}], validateOne(id));
			expect(again.items()).toEqual([
				expect.objectContaining({
					errorCode: VALIDATION_IN_DOUBT,
					customerAccountId: id,
					validationStatus: 'CREATED',
				}),
			]);
			// Create meets the same account at CREATED, and may not pay either.
			const create = await runNode(simulator, rows(1), { validateOnCreate: true });
			expect(create.items()).toEqual([
				expect.objectContaining({ errorCode: VALIDATION_IN_DOUBT, outcome: 'existing' }),
			]);
			expect(simulator.counters.requests.validateAccount).toBe(1);
		});
	});
});

about('Validate on Create', () => {
	test('finishes a run that died after its create, and pays for nothing else', async () => {
		await warm({}, async (simulator) => {
			const before = ['CREATED', 'ACTIVE', 'PENDING', 'FAILURE'];
			const ids = before.map((status, index) => seeded(simulator, status, index));
			const result = await runNode(simulator, rows(4), { validateOnCreate: true });
			expect(outcomesOf(result)).toEqual(all(4, 'existing'));
			expect(statusesOf(result)).toEqual(['ACTIVE', 'ACTIVE', 'PENDING', 'FAILURE']);
			const paths = simulator
				.requests()
				.filter(({ call }) => call === 'validateAccount')
				.map(({ path }) => path);
			expect(paths).toEqual([`/customers/${CUSTOMER}/customer-accounts/${ids[0]}/validate`]);
		});
	});

	test.each<[string, Fault, string, RegExp, RegExp]>([
		[
			'was refused',
			{ kind: 'status', status: 400, body: { error_info: { code: 'INVALID_ACCOUNT_DETAILS' } } },
			'SETUP',
			/^Juspay rejected the request to validate the account/,
			/^Ask Juspay support to check the configuration/,
		],
		[
			'is in doubt',
			{ kind: 'dropBefore' },
			VALIDATION_IN_DOUBT,
			/The validation may have been started/,
			/Use Get/,
		],
	])(
		'returns an account whose validation %s as an error that names it',
		async (_, fault, errorCode, error, errorHint) => {
			await warm({}, async (simulator) => {
				simulator.addFault({ ...fault, call: 'validateAccount' });
				const result = await runNode(simulator, rows(2), { validateOnCreate: true });
				expect(result.items()).toEqual(
					simulator.accounts().map(({ id, accountNumber }, index) => ({
						error: expect.stringMatching(error) as string,
						errorHint: expect.stringMatching(errorHint) as string,
						errorCode,
						juspayCode: errorCode === 'SETUP' ? 'INVALID_ACCOUNT_DETAILS' : null,
						juspayRequestId: null,
						field: null,
						row: index + 1,
						customerId: CUSTOMER,
						customerAccountId: id,
						validationStatus: 'CREATED',
						outcome: 'created',
						type: 'bankAccount',
						account: `XXXXXXXXXXXX${accountNumber?.slice(-4)}`,
					})),
				);
				expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 2 });
			});
		},
	);
});

about('an empty list', () => {
	const customers = ['cst_1', 'cst_2', 'cst_3'];
	const items = customers.flatMap((customer) => rows(2, customer));

	test('is followed by one more look after the first create of a process', async () => {
		await withSimulator({ customers }, {}, async (simulator) => {
			expect(outcomesOf(await runNode(simulator, items))).toEqual(all(6, 'created'));
			const { listAccounts, createAccounts } = simulator.counters.requests;
			expect([listAccounts, createAccounts]).toEqual([3 + 1, 3]);
			const more = rows(3).slice(2);
			expect(outcomesOf(await runNode(simulator, more))).toEqual(['created']);
			expect(simulator.counters.requests.listAccounts).toBe(3 + 1 + 1);
		});
	});

	test('that hides new accounts carries one create, and then no other', async () => {
		await withSimulator({ customers }, { listHidesCreated: true }, async (simulator) => {
			const result = await runNode(simulator, items);
			expect(outcomesOf(result).filter((it) => it === 'created')).toHaveLength(2);
			expect(codesOf(result)).toEqual(all(4, 'EMPTY_LIST'));
			const [{ error, errorHint } = {}] = failures(result);
			expect(error).toMatch(/list is empty/);
			expect(errorHint).toMatch(/Create Another/);
			const again = await runNode(simulator, items);
			// What was created is asked for by its ID, whatever the list shows.
			expect(outcomesOf(again)).toEqual([...all(2, 'existing'), ...all(4, 'error')]);
			expect(codesOf(again)).toEqual(all(4, 'EMPTY_LIST'));
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 2 });
			expect(simulator.counters.requests.createAccounts).toBe(1);
		});
	});

	test('that lags behind is waited for, and no account is made twice', async () => {
		await withSimulator({ customers }, { listDelayMs: seconds(3) }, async (simulator) => {
			expect(outcomesOf(await runNode(simulator, items))).toEqual(all(6, 'created'));
			// At once: the lists of two customers lack what was created a moment ago.
			const again = await runNode(simulator, items);
			for (const json of again.items()) {
				expect(isFailed(json) ? json.errorCode : json.outcome).toMatch(/^(STALE_LIST|existing)$/);
			}
			await sleep(seconds(3.5));
			expect(outcomesOf(await runNode(simulator, items))).toEqual(all(6, 'existing'));
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 6 });
		});
	});
});

about('a list that is forbidden', () => {
	test('keeps Create from creating, and says what Create Another loses', async () => {
		await warm({}, async (simulator) => {
			simulator.configure({ listForbidden: true });
			const result = await runNode(simulator, rows(2));
			expect(failures(result)).toHaveLength(2);
			for (const { error, errorHint } of failures(result)) {
				expect(error).toMatch(/^The API key .*list accounts/);
				expect(errorHint).toMatch(
					/so nothing was created.*'Create Another': then every account is created, even one that already exists/s,
				);
			}
			expect(simulator.counters.requests.createAccounts).toBe(0);
		});
	});

	test('lets Create Another create, each account alone', async () => {
		await warm({}, async (simulator) => {
			simulator.configure({ listForbidden: true });
			const result = await runNode(simulator, rows(3), { onExisting: 'create' });
			expect(outcomesOf(result)).toEqual(all(3, 'created'));
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 3 });
			expect(simulator.counters.requests.createAccounts).toBe(3);
		});
	});
});

about('Create Another with several accounts', () => {
	const another = async (simulator: Simulator, items: IDataObject[]) =>
		await runNode(simulator, items, { onExisting: 'create' });

	test('of which one is refused makes each of the others once', async () => {
		await warm({}, async (simulator) => {
			const items = rows(8).map((row, index) => ({
				...row,
				account_number: numberOf(index, index === 5 ? '0009' : '0011'),
			}));
			const result = await another(simulator, items);
			expect(codesOf(result)).toEqual(['SETUP']);
			expect(isFailed(result.items()[5] ?? {})).toBe(true);
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 7 });
		});
	});

	test.each<[string, Fault, number]>([
		['after the effect', { kind: 'dropAfter' }, 1],
		['before it', { kind: 'dropBefore', times: 1 }, 2],
	])('whose answer is lost %s tells old and new by their IDs', async (_, fault, creates) => {
		await warm({}, async (simulator) => {
			const before = [0, 1, 2].map((index) => seeded(simulator, 'ACTIVE', index));
			simulator.addFault({ ...fault, call: 'createAccounts' });
			const items = rows(3);
			const result = await another(simulator, items);
			expect(outcomesOf(result)).toEqual(all(3, 'created'));
			expectOwnIds(simulator, result, items);
			const ids = result.items().map(({ customerAccountId }) => customerAccountId);
			for (const id of ids) expect(before).not.toContain(id);
			const { accountsMade, requests } = simulator.counters;
			expect([accountsMade, requests.createAccounts]).toEqual([3, creates]);
		});
	});
});

about('Body Fields', () => {
	test.each([
		['create', 'command'],
		['create', ' Command '],
		['validate', 'command'],
	])('of %s refuse "%s": money has one door', async (operation, name) => {
		await warm({}, async (simulator) => {
			const options = { bodyFields: { field: [{ name, value: 'validate' }] } };
			const parameters = operation === 'validate' ? validateOne(seeded(simulator)) : {};
			const result = await runNode(simulator, rows(1), { ...parameters, options });
			expect(result.items()).toEqual([
				expect.objectContaining({
					errorCode: 'BAD_INPUT',
					error: expect.stringMatching(
						new RegExp(`^'Body Fields' contains the field "${name.trim()}"`),
					) as string,
				}),
			]);
			expect(simulator.counters.requestsTotal).toBe(0);
		});
	});
});

about('Retry On Fail', () => {
	const THREE_TIMES = {
		onError: undefined,
		retryOnFail: true,
		maxTries: 3,
		waitBetweenTries: 1,
	} as const;

	test('of Create makes no account twice', async () => {
		await warm({}, async (simulator) => {
			simulator.addFault({ call: 'createAccounts', kind: 'dropAfter' });
			// The looks that could settle it fail, so that the node fails and n8n runs it again.
			simulator.addFault({ call: 'listAccounts', kind: 'status', status: 500, skip: 1, times: 3 });
			const options = { maxRetries: 0 };
			const result = await runNode(simulator, rows(3), { options }, THREE_TIMES);
			expect(outcomesOf(result)).toEqual(all(3, 'existing'));
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 3 });
			expect(simulator.counters.requests.createAccounts).toBe(1);
		});
	});

	test.each<[string, Fault]>([
		['before the effect', { kind: 'dropBefore' }],
		['after it, and nothing shows it', { kind: 'dropAfter' }],
	])('of Create with validation pays once: lost %s', async (_, fault) => {
		await warm({ validateStaysCreated: true }, async (simulator) => {
			simulator.addFault({ ...fault, call: 'validateAccount' });
			const parameters = { validateOnCreate: true };
			const result = await runNode(simulator, rows(2), parameters, THREE_TIMES);
			expect(result.error?.message).toMatch(/The validation may have been started/);
			expect(simulator.counters).toMatchObject({ ...NOTHING_TWICE, accountsMade: 2 });
			expect(simulator.counters.requests.validateAccount).toBe(2);
		});
	});

	test.each<[string, (simulator: Simulator) => IDataObject]>([
		['Create Another', () => ({ onExisting: 'create' })],
		['Validate', (simulator) => validateOne(seeded(simulator))],
	])('of %s is refused before anything is sent', async (_, parameters) => {
		await warm({}, async (simulator) => {
			const result = await runNode(simulator, rows(1), parameters(simulator), THREE_TIMES);
			expect(result.error?.message).toMatch(/Retry On Fail'? is on/);
			expect(simulator.counters.requestsTotal).toBe(0);
		});
	});

	test('of Delete deletes nothing else', async () => {
		await warm({}, async (simulator) => {
			const [id, other] = [seeded(simulator), seeded(simulator, 'ACTIVE', 1)];
			simulator.addFault({ call: 'deleteAccount', kind: 'dropAfter', times: 1 });
			simulator.addFault({ call: 'getAccount', kind: 'status', status: 500, times: 3 });
			const parameters = {
				...validateOne(id),
				operation: 'delete',
				options: { maxRetries: 0 },
			};
			const result = await runNode(simulator, [{}], parameters, THREE_TIMES);
			expect(result.items()).toEqual([
				{ deleted: true, outcome: 'deleted', customerAccountId: id, customerId: CUSTOMER },
			]);
			expect(simulator.accounts().map((account) => account.id)).toEqual([other]);
			expect(simulator.counters.deletesDone).toBe(1);
		});
	});

	test('of the customer operation Create makes no customer twice', async () => {
		await warm({}, async (simulator) => {
			const before = simulator.customers().length;
			simulator.addFault({ call: 'createCustomer', kind: 'dropAfter' });
			simulator.addFault({ call: 'getCustomer', kind: 'status', status: 500, skip: 1, times: 3 });
			const parameters = {
				resource: 'customer',
				operation: 'create',
				objectReferenceId: 'customer_0001',
				options: { maxRetries: 0 },
			};
			const result = await runNode(simulator, [{}], parameters, THREE_TIMES);
			expect(result.status).toBe('success');
			expect(simulator.customers()).toHaveLength(before + 1);
		});
	});
});

about('what is wrong with a whole request', () => {
	const creates: Call = 'createAccounts';

	test('costs four creates for 50 accounts, and each says why', async () => {
		await warm({}, async (simulator) => {
			const body = { error_info: { code: 'INVALID_INPUT', developer_message: 'Gateway is off' } };
			simulator.addFault({ call: creates, kind: 'status', status: 400, body });
			const result = await runNode(simulator, rows(50));
			expect(failures(result)).toHaveLength(50);
			for (const { error } of failures(result)) {
				expect(error).toMatch(/^Juspay rejected the request to create accounts: Gateway is off/);
			}
			expect(simulator.counters.requests.createAccounts).toBe(4);
		});
	});

	test('ends the samples as well, where one of them meets it', async () => {
		await warm({}, async (simulator) => {
			const later = { kind: 'status', status: 429, retryAfter: '3600' } as const;
			simulator.addFault({ call: creates, ...later, skip: 1, times: 1 });
			const items = rows(5).map((row, index) => ({
				...row,
				account_number: numberOf(index, index === 1 ? '0009' : '0011'),
			}));
			const result = await runNode(simulator, items);
			expect(codesOf(result)).toEqual(all(5, 'TOO_MANY_REQUESTS'));
			const { accountsMade, requests } = simulator.counters;
			expect([accountsMade, requests.createAccounts]).toEqual([0, 2]);
		});
	});

	test('is not concluded from two of the three accounts tried alone', async () => {
		await warm({}, async (simulator) => {
			// Two of the three samples.
			const bad = [0, 49];
			const items = rows(50).map((row, index) => ({
				...row,
				account_number: numberOf(index, bad.includes(index) ? '0009' : '0011'),
			}));
			const result = await runNode(simulator, items);
			expect(simulator.counters.duplicatesMade).toBe(0);
			expect(outcomesOf(result).filter((it) => it === 'created')).toHaveLength(48);
			expect(simulator.counters.accountsMade).toBe(48);
		});
	});
});

for (const define of untimely) define();
