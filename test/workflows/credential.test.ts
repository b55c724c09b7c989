import { testCredential } from '../engine';
import type { RefusalRow } from '../refusals';
import { REFUSALS } from '../refusals';
import {
	closedPort,
	EMPTY_WORDS,
	failedItems,
	otherHost,
	ownWords,
	UPI,
	useJuspay,
} from './juspay';

const juspay = useJuspay();

const BASIC = () => `Basic ${Buffer.from(`${juspay.simulator.apiKey}:`).toString('base64')}`;

/** Nothing but looking. */
function expectNothingMade(): void {
	const { counters } = juspay.simulator;
	expect(counters.accountsMade + counters.customersMade + counters.validationsStarted).toBe(0);
	expect(juspay.simulator.requests().every(({ method }) => method === 'GET')).toBe(true);
	expect(juspay.simulator.customers()).toHaveLength(3);
}

/** A verdict of "no" that a person can act on. */
async function refused(credential: Parameters<typeof testCredential>[0]): Promise<string> {
	const { status, message } = await testCredential(credential);
	expect(status).toBe('Error');
	expect(ownWords(message)).not.toMatch(EMPTY_WORDS);
	expect(message).toMatch(/\.$/);
	expect(message).not.toContain(juspay.simulator.apiKey);
	return message;
}

describe('the Test button', () => {
	it.each([false, true])('is content with a good key, and creates nothing', async (anyCustomer) => {
		juspay.simulator.configure({ anyCustomer });
		const { status } = await testCredential(juspay.credential());
		expect(status).toBe('OK');
		expect(juspay.simulator.requests().map(({ headers }) => headers.authorization)).toEqual([
			BASIC(),
		]);
		expectNothingMade();
	});

	it('says that a bad key is not accepted, and where to get a good one', async () => {
		const message = await refused(juspay.credential({ apiKey: 'other_key' }));
		expect(message).toMatch(/^Juspay rejected the API key\. Copy 'API Key' again.*'Environment'/);
		expect(message).not.toContain('other_key');
		expect(Object.keys(juspay.simulator.counters.answers)).toEqual(['401']);
		expectNothingMade();
	});

	// unit/credentialTest has the other answers.
	it.each(
		['a wrong key', 'a missing customer', 'a foreign IP address', 'an unknown path'].flatMap(
			(name) => [false, true].map((ignoresExcept) => ({ name, ignoresExcept })),
		),
	)('tells $name by status and body; an n8n 1.x: $ignoresExcept', async (which) => {
		const row = REFUSALS.find(({ name }) => name === which.name) as RefusalRow;
		const { url } = await otherHost(
			async (_, reply) => await reply.code(row.status).send(row.body),
		);
		const verdict = await testCredential(juspay.credential({ baseUrl: url }), which);
		expect(verdict.status).toBe(row.test === 'green' ? 'OK' : 'Error');
		if (row.test !== 'green') expect(verdict.message).toMatch(row.test);
	});

	it.each([
		['no host that listens', closedPort, 'ECONNREFUSED'],
		['no such host', () => 'http://juspay.invalid', 'ENOTFOUND'],
	])('leaves it to n8n to say that there is %s', async (_, address, code) => {
		const verdict = await testCredential(juspay.credential({ baseUrl: await address() }));
		expect(verdict).toEqual({ status: 'Error', message: code });
	});

	it('shows neither the key nor an account number that the answer repeats', async () => {
		const text = `${juspay.simulator.apiKey} 026291800004321 ${BASIC()}`;
		juspay.simulator.addFault({
			kind: 'status',
			status: 400,
			body: { error_code: text, error_message: text },
		});
		const message = await refused(juspay.credential());
		expect(message.toLowerCase()).not.toContain(juspay.simulator.apiKey);
		expect(message).not.toContain('026291800004321');
		expect(message).not.toContain(BASIC().slice(-12));
	});
});

describe('a host that is not Juspay', () => {
	it('gets no key by a redirect', async () => {
		const target = await otherHost(() => ({ object: 'customer' }));
		const redirecting = await otherHost(
			async (_, reply) => await reply.redirect(`${target.url}/`, 302),
		);
		const message = await refused(juspay.credential({ baseUrl: redirecting.url }));
		expect(message).toMatch(/redirect.*Correct 'Base URL'/);
		expect(target.requestLines).toEqual([]);
	});
});

describe('the base URL', () => {
	it.each(['/gateway/juspay', '/gateway/juspay/'])('may carry a path: %s', async (path) => {
		const gateway = await otherHost(async (request, reply) => {
			const response = await fetch(
				juspay.simulator.url + request.url.replace('/gateway/juspay', ''),
				{
					headers: {
						authorization: String(request.headers.authorization),
						'x-routing-id': String(request.headers['x-routing-id']),
					},
				},
			);
			return await reply.code(response.status).send(await response.json());
		});
		const { status } = await testCredential(juspay.credential({ baseUrl: gateway.url + path }));
		expect(status).toBe('OK');
		expect(gateway.requestLines).toEqual([
			expect.stringMatching(/^GET \/gateway\/juspay\/customers\//),
		]);
	});

	it.each([
		['', /'Base URL' is not a URL\. Enter it in full/],
		['https://user:password@sandbox.juspay.in', /contains a user name or password.*Remove them/],
	])('%j is refused, by the Test button and by the node', async (baseUrl, said) => {
		const credential = juspay.credential({ baseUrl });
		const message = await refused(credential);
		expect(message).toMatch(said);
		expect(message).not.toContain('password@');
		const result = await juspay.createEach([{ customer: 'cst_one', accounts: [UPI] }], {
			credential,
			onError: 'continueRegularOutput',
		});
		const [failed] = failedItems(result);
		expect(failed?.errorCode).toBe('BAD_CREDENTIAL');
		expect(failed?.errorHint).toMatch(said);
		expect(juspay.simulator.counters.requestsTotal).toBe(0);
	});
});

describe('the API key', () => {
	it.each([
		['empty', '', /'API Key' is empty\. Copy it from Juspay Dashboard/],
		[
			'with a line break that HTTP would take for a header',
			'a\r\nx-merchantid: b',
			/'API Key' contains a space, a line break/,
		],
	])(
		'that is %s is refused, by the Test button and by the node, before anything is sent',
		async (_, apiKey, said) => {
			const credential = juspay.credential({ apiKey });
			expect(await refused(credential)).toMatch(said);
			const result = await juspay.createEach([{ customer: 'cst_one', accounts: [UPI] }], {
				credential,
			});
			expect(result.status).toBe('error');
			expect(`${result.error?.message}. ${result.error?.description}`).toMatch(said);
			expect(juspay.simulator.counters.requestsTotal).toBe(0);
		},
	);

	it('may have blanks around it, as pasted', async () => {
		const credential = juspay.credential({ apiKey: ` ${juspay.simulator.apiKey}\n` });
		expect((await testCredential(credential)).status).toBe('OK');
		const result = await juspay.createEach([{ customer: 'cst_one', accounts: [UPI] }], {
			credential,
		});
		expect(result.items()).toHaveLength(1);
	});
});

describe('the merchant ID', () => {
	it('is sent where it is set', async () => {
		juspay.simulator.configure({ merchantId: 'merchant_1' });
		const credential = juspay.credential({ merchantId: ' merchant_1 ' });
		expect((await testCredential(credential)).status).toBe('OK');
		expect(juspay.simulator.requests()[0]?.headers['x-merchantid']).toBe('merchant_1');
	});
});
