/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test of what a developer runs */
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { makeCertificate, startFront, type Certificate, type Front } from '../../dev/network/front';
import { startSimulator, type Simulator } from '../../dev/simulator/simulator';

const ROUND_TRIP = 60;
const LATENCY = 20;

let folder: string;
let certificate: Certificate;
let simulator: Simulator;
let front: Front;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'juspay-front-'));
	certificate = await makeCertificate(folder);
	simulator = await startSimulator({ anyCustomer: true, latencyMs: LATENCY });
	const target = Number(new URL(simulator.url).port);
	front = await startFront({ certificate, target, roundTripMs: ROUND_TRIP });
});

afterAll(async () => {
	await front.close();
	await simulator.close();
	await rm(folder, { recursive: true });
});

beforeEach(() => {
	simulator.reset();
	front.configure(ROUND_TRIP);
});

/** Lists a customer's accounts: the status, and how long the answer took. */
async function list(agent: Agent, ca = certificate.cert): Promise<{ status: number; ms: number }> {
	const startedAt = performance.now();
	return await new Promise((resolve, reject) => {
		request(`${front.url}/customers/cst_1/customer-accounts/list`, {
			agent,
			ca,
			auth: `${simulator.apiKey}:`,
			headers: { 'x-routing-id': 'cst_1' },
		})
			.on('response', (response) => {
				const ms = performance.now() - startedAt;
				text(response).then(() => resolve({ status: response.statusCode ?? 0, ms }), reject);
			})
			.on('error', reject)
			.end();
	});
}

describe('the TLS front', () => {
	it('charges the connection, the handshake and the request a round trip each', async () => {
		const { status, ms } = await list(new Agent());
		expect(status).toBe(200);
		expect(ms).toBeGreaterThanOrEqual(3 * ROUND_TRIP + LATENCY - 5);
		expect(front.connections()).toBe(1);
	});

	it('charges a connection that is kept for the request alone', async () => {
		const agent = new Agent({ keepAlive: true });
		const first = await list(agent);
		// The quickest of some: a busy machine adds to each.
		const kept = [await list(agent), await list(agent), await list(agent)].map(({ ms }) => ms);
		agent.destroy();
		expect(Math.min(...kept)).toBeGreaterThanOrEqual(ROUND_TRIP + LATENCY - 5);
		expect(Math.min(...kept)).toBeLessThan(first.ms);
		expect(front.connections()).toBe(1);
	});

	it('breaks off what the server breaks off', async () => {
		simulator.addFault({ kind: 'dropAfter' });
		await expect(list(new Agent())).rejects.toMatchObject({ code: 'ECONNRESET' });
		simulator.clearFaults();
	});

	it('is refused by who does not trust its certificate', async () => {
		await expect(list(new Agent(), '')).rejects.toMatchObject({
			code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
		});
	});
});
