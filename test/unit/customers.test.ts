import type { Answer } from '../../nodes/Juspay/http/transport';
import {
	createCustomer,
	updateCustomer,
	upsertCustomer,
	verifyUpiId,
} from '../../nodes/Juspay/once';
import type { Session } from '../../nodes/Juspay/once';
import type { CustomerToCreate } from '../../nodes/Juspay/once/customers';
import { settle } from './handClock';
import { answered, SmallJuspay, LOST, MISSING } from './smallJuspay';

const DETAILS = {
	mobileNumber: '',
	mobileCountryCode: '',
	emailAddress: '',
	firstName: 'Asha',
	lastName: '',
};
const ORDER = { customerId: 'asha', details: DETAILS, routingId: '', onExisting: 'reuse' as const };
const ANOTHER = { ...ORDER, onExisting: 'create' as const };
const DRY = { ...ORDER, dryRun: true };
const DRY_ANOTHER = { ...ANOTHER, dryRun: true };
const UNCHANGED = { ...ORDER, details: { ...DETAILS, firstName: '' } };

const FOUND = answered(200, { id: 'cst_1', object_reference_id: 'asha', first_name: 'Asha' });
const NAMELESS = answered(200, { id: 'cst_1' });
const OTHER = answered(200, { id: 'cst_2', object_reference_id: 'ravi' });
const REFUSED = answered(400, { error_info: { code: 'INVALID_INPUT' } });
const EXISTS = answered(409, { error_info: { code: 'CONFLICT' } });
const DOWN = answered(503);
const TOO_LARGE: Answer = { kind: 'tooLarge' };

/** Answers to Get, and to what changes something, each in order; the last one again and again. */
interface Script {
	get?: Answer[];
	post?: Answer[];
	/** Ends the run with this request, as Stop does. */
	stopsAt?: number;
}

/** Does something with a Juspay that answers so: what came of it, and after which requests, e.g. `created: get create`. */
async function run(
	{ get = [FOUND], post = [FOUND], stopsAt }: Script,
	work: (
		session: Session,
	) => Promise<Awaited<ReturnType<typeof createCustomer | typeof updateCustomer>>>,
): Promise<string> {
	const juspay = new SmallJuspay();
	const stop = new AbortController();
	const asked: string[] = [];
	const next = (answers: Answer[]) => (answers.length > 1 ? answers.shift() : answers[0]) as Answer;
	const left = { get: [...get], post: [...post] };
	juspay.answers = ({ method, path }) => {
		asked.push(method === 'GET' ? 'get' : path === '/customers' ? 'create' : 'update');
		if (asked.length === stopsAt) stop.abort();
		return next(method === 'GET' ? left.get : left.post);
	};
	const done = await work(juspay.session({ signal: stop.signal }));
	const requests = asked.join(' ');
	if (!done.ok) return `${done.failure.code} ${done.failure.effect}: ${requests}`;
	const { value } = done;
	return `${'outcome' in value ? value.outcome : value.id}: ${requests}`;
}

const THREE_LOOKS = 'get get get';

describe('a customer is created once', () => {
	it.each<[string, Script, told: string, CustomerToCreate?]>([
		['that is there', {}, 'existing: get'],
		['that is there under no name', { get: [NAMELESS] }, 'existing: get'],
		['that is there in other letters', {}, 'existing: get', { ...ORDER, customerId: 'Asha' }],
		["that is named by Juspay's ID", {}, 'existing: get', { ...ORDER, customerId: 'cst_1' }],
		['that is missing', { get: [MISSING] }, 'created: get create'],
		['in a dry run', { get: [MISSING] }, 'wouldCreate: get', DRY],
		['in a dry run, looked for all the same', { get: [FOUND] }, 'existing: get', DRY_ANOTHER],
		["where a look shows someone else's", { get: [OTHER] }, 'UNREADABLE_ANSWER none: get'],
		['where nobody can look', { get: [REFUSED] }, 'REFUSED none: get'],
		['that is refused', { get: [MISSING], post: [REFUSED] }, 'REFUSED none: get create'],
		[
			'whose answer is lost, and a look shows it',
			{ get: [MISSING, MISSING, FOUND], post: [LOST] },
			'created: get create get get',
		],
		[
			'whose answer is lost, and no look shows it: again',
			{ get: [MISSING], post: [LOST, FOUND] },
			`created: get create ${THREE_LOOKS} create`,
		],
		[
			'as often as retries are allowed',
			{ get: [MISSING], post: [LOST] },
			`MAY_EXIST unknown: get create ${THREE_LOOKS} create ${THREE_LOOKS} create ${THREE_LOOKS}`,
		],
		// Each look is retried as any other call.
		[
			'and not again where the looks show nothing',
			{ get: [MISSING, DOWN], post: [LOST] },
			`MAY_EXIST unknown: get create ${Array.from({ length: 9 }).fill('get').join(' ')}`,
		],
		[
			'and not again where another try fares no better',
			{ get: [MISSING], post: [TOO_LARGE] },
			`MAY_EXIST unknown: get create ${THREE_LOOKS}`,
		],
		[
			'and not again once the workflow was stopped',
			{ get: [MISSING], post: [LOST], stopsAt: 5 },
			`MAY_EXIST unknown: get create ${THREE_LOOKS}`,
		],
		[
			'that someone else creates at the same time: it is looked for at once',
			{ get: [MISSING, FOUND], post: [EXISTS] },
			'existing: get create get',
		],
		[
			'that exists, and is never shown',
			{ get: [MISSING], post: [EXISTS] },
			`MAY_EXIST unknown: get create get ${THREE_LOOKS}`,
		],
		[
			"whose answer shows someone else's",
			{ get: [MISSING], post: [OTHER] },
			`MAY_EXIST unknown: get create ${THREE_LOOKS}`,
		],
		['without a look', {}, 'created: create', ANOTHER],
		['without a look, refused', { post: [REFUSED] }, 'REFUSED none: create', ANOTHER],
		['without a look, exists', { post: [EXISTS] }, 'ALREADY_EXISTS unknown: create', ANOTHER],
		['without a look, lost', { post: [LOST] }, 'MAY_EXIST unknown: create', ANOTHER],
	])('%s', async (_, script, expected, order = ORDER) => {
		const done = await run(script, async (session) => await createCustomer(session, order));
		expect(done).toBe(expected);
	});

	it('shows in a dry run what would be created', async () => {
		const juspay = new SmallJuspay();
		juspay.answers = () => MISSING;
		const order = { ...ORDER, dryRun: true };
		expect(await createCustomer(juspay.session(), order)).toMatchObject({
			ok: true,
			value: { customer: { ...DETAILS, id: '', objectReferenceId: 'asha' } },
		});
	});

	it('by one execution after the other, also where one was stopped while its create was under way', async () => {
		const juspay = new SmallJuspay();
		const stop = new AbortController();
		let isThere = false;
		let arrive = () => {};
		juspay.answers = ({ method }) => {
			if (method === 'GET') return isThere ? FOUND : MISSING;
			return new Promise<Answer>((resolve) => {
				arrive = () => {
					isThere = true;
					resolve(FOUND);
				};
			});
		};
		const first = createCustomer(juspay.session({ signal: stop.signal }), ORDER);
		await settle();
		stop.abort();
		expect(await first).toMatchObject({ failure: { code: 'MAY_EXIST' } });
		let isOver = false;
		const second = createCustomer(juspay.session(), ORDER).finally(() => (isOver = true));
		await settle();
		expect(isOver).toBe(false);
		arrive();
		expect(await second).toMatchObject({ value: { outcome: 'existing' } });
	});
});

describe('a customer is created or updated', () => {
	it.each<[string, Script, told: string, CustomerToCreate?]>([
		['where it is missing', { get: [MISSING] }, 'created: get create'],
		['where it is there', {}, 'updated: get update'],
		['where nothing is given to update', {}, 'existing: get', UNCHANGED],
		['where the update is refused', { post: [REFUSED] }, 'REFUSED none: get update'],
		['where nobody can look', { get: [REFUSED] }, 'REFUSED none: get'],
	])('%s', async (_, script, expected, order = ORDER) => {
		const done = await run(script, async (session) => await upsertCustomer(session, order));
		expect(done).toBe(expected);
	});
});

describe('an update does the same twice, so it is sent again', () => {
	it.each<[string, Script, told: string]>([
		['after a lost answer', { post: [LOST, FOUND] }, 'cst_1: update update'],
		['up to Max Retries', { post: [LOST] }, 'CONNECTION_LOST unknown: update update update'],
		['not after a refusal', { post: [REFUSED] }, 'REFUSED none: update'],
		['not where it is no use', { post: [TOO_LARGE] }, 'ANSWER_TOO_LARGE unknown: update'],
		['not after a Stop', { post: [LOST], stopsAt: 1 }, 'STOPPED unknown: update'],
		["not where it shows someone else's", { post: [OTHER] }, 'UNREADABLE_ANSWER unknown: update'],
	])('%s', async (_, script, expected) => {
		const done = await run(script, async (session) => await updateCustomer(session, ORDER));
		expect(done).toBe(expected);
	});
});

describe('a UPI ID is verified', () => {
	const VALID = answered(200, { vpa: 'asha@upi', status: 'VALID', customer_name: 'Asha' });

	it('again after a lost answer, as it changes nothing', async () => {
		const juspay = new SmallJuspay();
		const answers = [LOST, VALID];
		juspay.answers = () => answers.shift() as Answer;
		expect(await verifyUpiId(juspay.session(), 'asha@upi', '')).toMatchObject({
			value: { status: 'VALID', customerName: 'Asha' },
		});
	});
});
