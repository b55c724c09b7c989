import { create, send } from './caller';
import { DIALECT_NAMES, startSimulator, type DialectName } from '../../dev/simulator/simulator';

const BANK = { accountNumber: '026291800001191', ifsc: 'AABF0008032', beneficiaryName: 'test' };
const UPI = { vpa: '9164326296@upi' };
const REJECTED = { vpa: 'reject@upi' };
const CUSTOMER = 'customer_1122';
const BASE = `/customers/${CUSTOMER}/customer-accounts`;

/** What each call answers, by its name in {@link CHANGED}; the same in each simulator but for the dialect. */
const answersIn = async (dialect: DialectName[]) => {
	const simulator = await startSimulator({ customers: [CUSTOMER], dialect, pageSize: 2 });
	try {
		const answers: Record<string, string> = {};
		const note = async (name: string, answer: ReturnType<typeof send>) => {
			const { status, text } = await answer;
			answers[name] = `${status} ${text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'T')}`;
		};
		const get = async (path: string) => await send(simulator, 'GET', BASE + path);
		const post = async (path: string, body: Record<string, string> = {}) =>
			await send(simulator, 'POST', BASE + path, { body });
		await note('none', get('/list'));
		await note('create', create(simulator, [UPI]));
		await note('one', get('/list'));
		await note('creates', create(simulator, [BANK, UPI]));
		await note('partly', create(simulator, [UPI, REJECTED]));
		await note('page', get('/list'));
		await note('next', get('/list?offset=2'));
		const id = simulator.accounts()[1]?.id ?? '';
		await note('get', get(`/${id}`));
		await note('validate', post(`/${id}/validate`));
		await note('delete', post(`/${id}`, { command: 'delete' }));
		await note('missing', get(`/${id}`));
		await note('path', send(simulator, 'GET', '/unknown'));
		return answers;
	} finally {
		await simulator.close();
	}
};

const UPIS = ['create', 'one', 'creates', 'page', 'next'];
const ALL = [...UPIS, 'get', 'validate'];
const REFUSED = ['partly', 'missing'];

/** Which answers a dialect changes. One that changed none, or another's, would be tested as if it were the default. */
const CHANGED: Record<DialectName, string[]> = {
	'empty-404': ['none'],
	'bare-array': ['none', 'create', 'one', 'page', 'next'],
	'under-data': ['none', 'create', 'one', 'creates', 'page', 'next'],
	'one-object': ['one'],
	'details-flat': ALL,
	'details-nested': ALL,
	'vpa-beside-empty-bank': ALL,
	'number-masked': ALL,
	'status-lower-case': [...ALL, 'delete'],
	'customer-id-as-sent': ALL,
	'create-without-details': ['create', 'creates'],
	'last-validated-null': [...UPIS, 'get'],
	'amount-number': ALL,
	'order-reversed': ['creates', 'page', 'next'],
	'offset-ignored': ['next'],
	'offset-400': ['next'],
	'create-202': ['create', 'creates'],
	'create-204': ['create', 'creates'],
	'delete-predecessor': ['delete'],
	'refusals-info-only': REFUSED,
	'refusals-no-info': REFUSED,
	'refusals-info-text': REFUSED,
	'refusals-wrapped': REFUSED,
	'missing-400': ['missing'],
	'refusals-200': REFUSED,
};

let own: Record<string, string>;
beforeAll(async () => {
	own = await answersIn([]);
});

test.each(DIALECT_NAMES)('%s changes what it is about, and nothing else', async (name) => {
	const inDialect = await answersIn([name]);
	const changed = Object.keys(own).filter((call) => own[call] !== inDialect[call]);
	expect(changed.sort()).toEqual([...CHANGED[name]].sort());
});

test('several are combined', async () => {
	const { get } = await answersIn(['details-flat', 'last-validated-null', 'status-lower-case']);
	expect(JSON.parse(get?.slice(4) ?? '')).toMatchObject({
		ifsc: BANK.ifsc,
		validation_status: 'created',
	});
	expect(get).not.toMatch('account_details');
});

test.each([
	['empty-arrey', 'There is no dialect empty-arrey. Dialects: empty-404, bare-array,'],
	[['details-nested', 'details-flat'], "details-flat and details-nested can't be combined"],
])('%j is refused', async (dialect, why) => {
	await expect(startSimulator({ dialect: dialect as never })).rejects.toThrow(why);
});
