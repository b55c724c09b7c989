import { validateAccounts } from '../../nodes/Juspay/once';
import { Process } from '../../nodes/Juspay/once/session';
import { bank, SETTINGS } from './accounts';
import { answered, hashTable, SmallJuspay } from './smallJuspay';

const MINUTE = 60_000;

/** A worker has sent a validation of which Juspay shows nothing; another one goes on. */
async function leftInDoubt() {
	const juspay = new SmallJuspay();
	juspay.helpers = hashTable();
	const { id } = juspay.put(bank('1191'));
	juspay.answers = (call, perform) => (call.method === 'GET' ? perform() : answered(504));
	let runs = 0;
	const validate = async (validateInDoubt: boolean) => {
		const session = juspay.session({ id: `execution ${++runs}` });
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
});
