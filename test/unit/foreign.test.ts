import { validateAccounts } from '../../nodes/Juspay/once';
import { Process } from '../../nodes/Juspay/once/session';
import { bank, SETTINGS } from './accounts';
import {
	answered,
	createIn,
	hashTable,
	isValidate,
	SmallJuspay,
	toldWithEffect,
} from './smallJuspay';

const MINUTE = 60_000;
const REFUSED = answered(400, { error_info: { code: 'INVALID_INPUT' } });

/** A worker has sent a validation of which Juspay shows nothing; another one goes on. */
async function leftInDoubt(status = 'CREATED') {
	const juspay = new SmallJuspay();
	juspay.helpers = hashTable();
	const { id } = juspay.put(bank('1191'), status);
	juspay.answers = (call, perform) => (call.method === 'GET' ? perform() : answered(504));
	let runs = 0;
	const validate = async (validateInDoubt: boolean, mostPennies = Infinity) => {
		const session = juspay.session({ id: `execution ${++runs}` });
		session.allowPennies(mostPennies);
		const order = { customerId: 'c', customerAccountId: id, settings: SETTINGS, validateInDoubt };
		const [result] = await validateAccounts(session, [order]);
		return result;
	};
	await validate(false);
	juspay.process = new Process();
	juspay.answers = (_, perform) => perform();
	const sent = () => juspay.requests.filter((it) => it.startsWith('validate')).length;
	return { juspay, validate, sent };
}

const IN_DOUBT = { ok: false, failure: { code: 'VALIDATION_IN_DOUBT', effect: 'unknown' } };

describe('a validation that another worker has sent, while Juspay shows nothing of it', () => {
	it('is not overruled by whoever meets it first: its age is not known', async () => {
		const { juspay, validate, sent } = await leftInDoubt();
		expect(await validate(true)).toMatchObject(IN_DOUBT);
		await juspay.clock.pause(9 * MINUTE);
		expect(await validate(true)).toMatchObject(IN_DOUBT);
		expect(sent()).toBe(0);
	});

	it('is overruled once ten minutes after it was met, where the user asks for it', async () => {
		const { juspay, validate, sent } = await leftInDoubt();
		await validate(false);
		await juspay.clock.pause(11 * MINUTE);
		expect(await validate(false)).toMatchObject(IN_DOUBT);
		expect(await validate(true)).toMatchObject({ ok: true, value: { validation: 'started' } });
		expect(sent()).toBe(1);
	});

	it.each([
		['Juspay refuses', Infinity],
		['is one penny drop too many', 0],
	])('stays in doubt where what overrules it %s', async (_, mostPennies) => {
		const { juspay, validate, sent } = await leftInDoubt();
		await validate(false);
		await juspay.clock.pause(11 * MINUTE);
		juspay.answers = (call, perform) => (isValidate(call) ? REFUSED : perform());
		expect(await validate(true, mostPennies)).toMatchObject({ ok: false });
		juspay.answers = (__, perform) => perform();
		expect(await validate(false)).toMatchObject(IN_DOUBT);
		expect(sent()).toBe(0);
	});

	it('ends, however often runs meet it', async () => {
		const { juspay, validate } = await leftInDoubt();
		for (let hour = 0; hour < 50; hour++) {
			await validate(false);
			await juspay.clock.pause(60 * MINUTE);
		}
		expect(await validate(false)).toMatchObject({ ok: true });
	});

	it.each(['CREATED', 'FAILURE'])(
		'is in doubt where %s has become CREATED with a new date: that is no end',
		async (status) => {
			const { juspay, validate } = await leftInDoubt(status);
			const [kept] = juspay.kept;
			Object.assign(kept ?? {}, { status: 'CREATED', lastValidated: '2026-01-01T00:00:01Z' });
			expect(await validate(false)).toMatchObject(IN_DOUBT);
		},
	);

	it('is in doubt for a day anew where it was overruled, also for the next process', async () => {
		const { juspay, validate, sent } = await leftInDoubt();
		await juspay.clock.pause(47 * 60 * MINUTE);
		await validate(false);
		await juspay.clock.pause(20 * MINUTE);
		juspay.answers = (call, perform) => (call.method === 'GET' ? perform() : answered(504));
		expect(await validate(true)).toMatchObject(IN_DOUBT);
		juspay.process = new Process();
		juspay.answers = (_, perform) => perform();
		await juspay.clock.pause(2 * 60 * MINUTE);
		expect(await validate(false)).toMatchObject(IN_DOUBT);
		expect(sent()).toBe(0);
	});
});

describe('a create that another worker has sent', () => {
	it('is none where the workflow was stopped before it was sent', async () => {
		const juspay = new SmallJuspay();
		const table = hashTable();
		const stop = new AbortController();
		juspay.helpers = {
			...table,
			checkProcessedAndRecord: async (...recorded) => {
				stop.abort();
				return await table.checkProcessedAndRecord(...recorded);
			},
		};
		const stopped = juspay.session({ signal: stop.signal });
		expect(toldWithEffect(await createIn(stopped, [bank('1191')]))).toBe('STOPPED none');
		juspay.process = new Process();
		expect(toldWithEffect(await createIn(juspay.session(), [bank('1191')]))).toBe('banh_1 created');
	});

	it.each([
		['has accepted', answered(202, {})],
		['has made', undefined],
	])(
		'stays recorded where Juspay %s one and refuses another one of the same account',
		async (_, first) => {
			const juspay = new SmallJuspay();
			juspay.helpers = hashTable();
			juspay.lists = () => [];
			const account = bank('1191');
			for (const answer of [first, REFUSED]) {
				juspay.answers = (__, perform) => answer ?? perform();
				await createIn(juspay.session(), [account], { onExisting: 'create', perRequest: 1 });
			}
			juspay.process = new Process();
			juspay.answers = (__, perform) => perform();
			const again = await createIn(juspay.session(), [account]);
			expect(toldWithEffect(again)).toBe('MAY_EXIST unknown');
		},
	);
});
