import fastify, { type FastifyInstance } from 'fastify';
import { credentialFor, freePort, openStage, type N8nVersion, type Stage } from '../../dev/n8n';
import { INSTALL_WITHIN_MS, packed } from './stage';

const VERSIONS: N8nVersion[] = ['lowest', 'v1', 'v2'];

/** n8n finds the test of a package and that of a custom extension in different ways. */
const WAYS = ['package', 'custom extension'] as const;

describe.each(VERSIONS)('the Test button in n8n %s', (version) => {
	describe.each(WAYS)('installed as a %s', (as) => {
		let stage: Stage;
		let id: string;
		/** Hosts that are not Juspay. */
		let hosts: FastifyInstance;
		let hostsUrl: string;

		beforeAll(async () => {
			hosts = fastify({ forceCloseConnections: true });
			hosts.get('/page/*', async (_, reply) => await reply.type('text/html').send('<p>Hi</p>'));
			hosts.get('/json/*', async (_, reply) => await reply.code(404).send({ message: 'No' }));
			hosts.get('/moved/*', async (_, reply) => await reply.redirect('/page/', 302));
			hostsUrl = await hosts.listen({ host: '127.0.0.1', port: 0 });
			stage = await openStage({ ...packed(), version, as });
			({ id } = await stage.addCredential());
		}, INSTALL_WITHIN_MS);

		afterAll(async () => {
			await hosts?.close();
			await stage?.close();
		});

		const test = async (change: Record<string, string>) => {
			const credential = credentialFor(stage.simulator);
			const data = { ...credential.data, ...change };
			return await stage.client.testCredential({ ...credential, id, data });
		};

		it('accepts a good key, and nothing is created', async () => {
			expect(await test({ merchantId: '' })).toEqual({
				ok: true,
				message: 'Connection successful!',
			});
			expect(await test({ baseUrl: `${stage.simulator.url}/ `, merchantId: 'merchant_1' })).toEqual(
				expect.objectContaining({ ok: true }),
			);
			const requests = stage.simulator.requests();
			expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
			expect(requests.map(({ headers }) => headers['x-merchantid'])).toEqual([
				undefined,
				'merchant_1',
			]);
			expect(stage.simulator.counters).toMatchObject({ customersMade: 0, accountsMade: 0 });
		});

		it.each<[string, () => Record<string, string>, RegExp]>([
			['a bad key', () => ({ apiKey: 'not_the_key' }), /^Juspay rejected the API key\. Copy/],
			['an empty key', () => ({ apiKey: '' }), /^'API Key' is empty\. Copy it from/],
			['a Base URL that is none', () => ({ baseUrl: 'juspay' }), /^'Base URL' is not a URL\./],
			['a web page', () => ({ baseUrl: `${hostsUrl}/page` }), /not like Juspay\. Check/],
			["another API's 404", () => ({ baseUrl: `${hostsUrl}/json` }), /not like Juspay\. Check/],
			[
				'a redirect',
				() => ({ baseUrl: `${hostsUrl}/moved` }),
				/(redirects|not like Juspay).*Base URL/,
			],
		])('refuses %s, with what to do', async (_, change, said) => {
			const { ok, message } = await test(change());
			expect(message).toMatch(said);
			expect(ok).toBe(false);
		});

		it('refuses a key that may not do this, with what to do', async () => {
			stage.simulator.addFault({ kind: 'status', status: 403, times: 1 });
			const { ok, message } = await test({});
			expect(message).toMatch(/^Juspay refused access\. .*IP address/);
			expect(ok).toBe(false);
			stage.simulator.clearFaults();
		});

		it("gives n8n's own words for a host that can't be reached", async () => {
			const baseUrl = `http://127.0.0.1:${await freePort()}`;
			expect(await test({ baseUrl })).toEqual({
				ok: false,
				message: expect.stringMatching(/ECONNREFUSED|refused the connection/) as string,
			});
		});
	});
});
