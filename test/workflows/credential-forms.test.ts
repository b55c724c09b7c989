import { testCredential } from '../engine';
import type { TestButtonOptions } from '../engine/editor';
import { REFUSALS } from '../refusals';
import { otherHost } from './juspay';

/** n8n 2.x reads `except`; n8n 1.x doesn't, and judges every status by the body. */
const KINDS: TestButtonOptions[] = [{}, { ignoresExcept: true }];

async function press(
	{ status, body }: { status: number; body: object | string },
	options: TestButtonOptions,
): Promise<{ status: string; message: string }> {
	const host = await otherHost(async (_, reply) => await reply.code(status).send(body));
	try {
		const data = { environment: 'custom', baseUrl: host.url, apiKey: 'key', merchantId: '' };
		return await testCredential(data, options);
	} finally {
		await host.close();
	}
}

describe.each(KINDS)('the Test button of an n8n %j', (kind) => {
	it.each(REFUSALS)('knows $name', async (row) => {
		const { status, message } = await press(row, kind);
		if (row.test === 'green') {
			expect(status).toBe('OK');
		} else {
			expect([status, message]).toEqual(['Error', expect.stringMatching(row.test)]);
		}
	});

	it.each([
		['a wrong key with a code of its own', 401],
		['a firewall', 403],
		['too many requests', 429],
		['a server that is out of order', 503],
		['a web page', 404],
	])('is never green for %s without a word of Juspay', async (_, status) => {
		const verdict = await press({ status, body: '<html>No</html>' }, kind);
		expect(verdict.status).toBe('Error');
	});

	it('has sentences that are told apart', async () => {
		const said = await Promise.all(
			['a wrong key', 'a foreign IP address', 'an empty value', 'an unknown path'].map(
				async (name) => {
					const row = REFUSALS.find((it) => it.name === name);
					return row && (await press(row, kind)).message;
				},
			),
		);
		expect(new Set(said).size).toBe(4);
	});
});
