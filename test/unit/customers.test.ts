import type { Answer } from '../../nodes/Juspay/http/transport';
import {
	createCustomer,
	updateCustomer,
	upsertCustomer,
	verifyUpiId,
} from '../../nodes/Juspay/once';
import type { Session } from '../../nodes/Juspay/once';
import { settle } from './handClock';
import { answered, SmallJuspay } from './smallJuspay';

const DETAILS = {
	mobileNumber: '',
	mobileCountryCode: '',
	emailAddress: '',
	firstName: 'Asha',
	lastName: '',
};
const ORDER = { customerId: 'asha', details: DETAILS, routingId: '', onExisting: 'reuse' as const };
const ANOTHER = { ...ORDER, onExisting: 'create' as const };
const UNCHANGED = { ...ORDER, details: { ...DETAILS, firstName: '' } };

const FOUND = answered(200, { id: 'cst_1', object_reference_id: 'asha', first_name: 'Asha' });
const NAMELESS = answered(200, { id: 'cst_1' });
const OTHER = answered(200, { id: 'cst_2', object_reference_id: 'ravi' });
const MISSING = answered(404, { error_code: 'object_not_found' });
const REFUSED = answered(400, { error_info: { code: 'INVALID_INPUT' } });
const EXISTS = answered(409, { error_info: { code: 'CONFLICT' } });
const DOWN = answered(503);
const LOST: Answer = { kind: 'lost', code: 'ECONNRESET' };
const TOO_LARGE: Answer = { kind: 'tooLarge' };

/** Answers to Get, and to what changes something, each in order; the last one again and again. */
interface Script {
	get?: Answer[];
	post?: Answer[];
	/** Ends the run with this request, as Stop does. */
	stopsAt?: number;
}

/** Does something with a Juspay that answers so: what came of it in a word, and the requests. */
async function run(
	{ get = [FOUND], post = [FOUND], stopsAt }: Script,
	work: (
		session: Session,
	) => Promise<Awaited<ReturnType<typeof createCustomer | typeof updateCustomer>>>,
): Promise<[string, string]> {
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
	if (!done.ok) return [`${done.failure.code} ${done.failure.effect}`, asked.join(' ')];
	const { value } = done;
	return ['outcome' in value ? value.outcome : value.id, asked.join(' ')];
}

const THREE_LOOKS = 'get get get';

describe('a customer is created once', () => {
	it.each<[string, Script, typeof ORDER | typeof ANOTHER, string, string]>([
		['that is there', {}, ORDER, 'existing', 'get'],
		['that is there under no name', { get: [NAMELESS] }, ORDER, 'existing', 'get'],
		['that is missing', { get: [MISSING] }, ORDER, 'created', 'get create'],
		[
			'in a dry run',
			{ get: [MISSING] },
			{ ...ORDER, dryRun: true } as typeof ORDER,
			'wouldCreate',
			'get',
		],
		[
			'in a dry run that would not look',
			{ get: [FOUND] },
			{ ...ANOTHER, dryRun: true } as typeof ANOTHER,
			'existing',
			'get',
		],
		["where a look shows someone else's", { get: [OTHER] }, ORDER, 'UNREADABLE_ANSWER none', 'get'],
		['where nobody can look', { get: [REFUSED] }, ORDER, 'REFUSED none', 'get'],
		['that is refused', { get: [MISSING], post: [REFUSED] }, ORDER, 'REFUSED none', 'get create'],
		[
			'whose answer is lost, and a look shows it',
			{ get: [MISSING, MISSING, FOUND], post: [LOST] },
			ORDER,
			'created',
			'get create get get',
		],
		[
			'whose answer is lost, and no look shows it: again',
			{ get: [MISSING], post: [LOST, FOUND] },
			ORDER,
			'created',
			`get create ${THREE_LOOKS} create`,
		],
		[
			'as often as retries are allowed',
			{ get: [MISSING], post: [LOST] },
			ORDER,
			'MAY_EXIST unknown',
			`get create ${THREE_LOOKS} create ${THREE_LOOKS} create ${THREE_LOOKS}`,
		],
		[
			'and not again where the looks show nothing',
			{ get: [MISSING, DOWN], post: [LOST] },
			ORDER,
			'MAY_EXIST unknown',
			// Each look is retried as any other call.
			`get create ${Array.from({ length: 9 }).fill('get').join(' ')}`,
		],
		[
			'and not again where another try fares no better',
			{ get: [MISSING], post: [TOO_LARGE] },
			ORDER,
			'MAY_EXIST unknown',
			`get create ${THREE_LOOKS}`,
		],
		[
			'and not again once the workflow was stopped',
			{ get: [MISSING], post: [LOST], stopsAt: 5 },
			ORDER,
			'MAY_EXIST unknown',
			`get create ${THREE_LOOKS}`,
		],
		[
			'that someone else creates at the same time: it is looked for at once',
			{ get: [MISSING, FOUND], post: [EXISTS] },
			ORDER,
			'existing',
			'get create get',
		],
		[
			'that exists, and is never shown',
			{ get: [MISSING], post: [EXISTS] },
			ORDER,
			'MAY_EXIST unknown',
			`get create get ${THREE_LOOKS}`,
		],
		[
			"whose answer shows someone else's",
			{ get: [MISSING], post: [OTHER] },
			ORDER,
			'MAY_EXIST unknown',
			`get create ${THREE_LOOKS}`,
		],
		['without a look', {}, ANOTHER, 'created', 'create'],
		['without a look, refused', { post: [REFUSED] }, ANOTHER, 'REFUSED none', 'create'],
		['without a look, exists', { post: [EXISTS] }, ANOTHER, 'ALREADY_EXISTS unknown', 'create'],
		['without a look, lost', { post: [LOST] }, ANOTHER, 'MAY_EXIST unknown', 'create'],
	])('%s', async (_, script, order, outcome, requests) => {
		const done = await run(script, async (session) => await createCustomer(session, order));
		expect(done).toEqual([outcome, requests]);
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
	it.each<[string, Script, typeof ORDER, string, string]>([
		['where it is missing', { get: [MISSING] }, ORDER, 'created', 'get create'],
		['where it is there', {}, ORDER, 'updated', 'get update'],
		['where nothing is given to update', {}, UNCHANGED, 'existing', 'get'],
		['where the update is refused', { post: [REFUSED] }, ORDER, 'REFUSED none', 'get update'],
		['where nobody can look', { get: [REFUSED] }, ORDER, 'REFUSED none', 'get'],
	])('%s', async (_, script, order, outcome, requests) => {
		const done = await run(script, async (session) => await upsertCustomer(session, order));
		expect(done).toEqual([outcome, requests]);
	});
});

describe('an update does the same twice, so it is sent again', () => {
	it.each<[string, Script, string, string]>([
		['after a lost answer', { post: [LOST, FOUND] }, 'cst_1', 'update update'],
		[
			'as often as retries are allowed',
			{ post: [LOST] },
			'CONNECTION_LOST unknown',
			'update update update',
		],
		['not after a refusal', { post: [REFUSED] }, 'REFUSED none', 'update'],
		[
			'not where another try fares no better',
			{ post: [TOO_LARGE] },
			'ANSWER_TOO_LARGE unknown',
			'update',
		],
		[
			'not once the workflow was stopped',
			{ post: [LOST], stopsAt: 1 },
			'STOPPED unknown',
			'update',
		],
	])('%s', async (_, script, outcome, requests) => {
		const done = await run(script, async (session) => await updateCustomer(session, ORDER));
		expect(done).toEqual([outcome, requests]);
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

	it.each([
		['m', 'VALID', 1],
		['', 'BAD_CREDENTIAL', 0],
	])('only for a merchant with an ID: %j', async (merchantId, outcome, requests) => {
		const juspay = new SmallJuspay();
		let sent = 0;
		juspay.answers = ({ form }) => {
			sent++;
			expect(form).toMatchObject({ merchant_id: merchantId, vpa: 'asha@upi' });
			return VALID;
		};
		const session = juspay.session();
		const client = Object.create(session.client, {
			merchantId: { value: merchantId },
		}) as Session['client'];
		const done = await verifyUpiId({ ...session, client }, 'asha@upi', '');
		expect([done.ok ? done.value.status : done.failure.code, sent]).toEqual([outcome, requests]);
	});
});
