/* eslint-disable @n8n/community-nodes/no-restricted-imports -- plays n8n's web server */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stringify } from 'flatted';
import { clickIn } from '../../dev/demo/mail';
import { isWaiting } from '../../dev/n8n';

const stored = (status: string, data: object) => ({ id: '7', status, data: stringify(data) });
const WHOLE = { waitTill: '2026-12-01T00:00:00Z', resultData: { lastNodeExecuted: 'Ask' } };

describe('an execution that asks a person', () => {
	it.each([
		['is still running', stored('running', WHOLE)],
		['waits, but its data is not stored yet', stored('waiting', { resultData: {} })],
		['waits for nothing that is stored', stored('waiting', { ...WHOLE, waitTill: undefined })],
	])('can not be answered while it %s', (_, execution) => {
		expect(isWaiting(execution)).toBe(false);
	});

	it('can be answered once it waits and is stored', () => {
		expect(isWaiting(stored('waiting', WHOLE))).toBe(true);
	});
});

describe('clickIn', () => {
	let server: Server;
	let asked: string[];
	let isReady: boolean;

	beforeEach(async () => {
		[asked, isReady] = [[], false];
		server = createServer(({ url = '' }, response) => {
			asked.push(url);
			response.statusCode = isReady ? 200 : 500;
			response.end();
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
	});

	afterEach(() => server.close());

	it('opens the link of the button only when the execution that sent it waits', async () => {
		const { port } = server.address() as AddressInfo;
		const link = `http://127.0.0.1:${port}/webhook-waiting/7/node?approved=false&amp;signature=s`;
		const waited: string[] = [];
		const client = {
			waiting: async (executionId: string) => {
				waited.push(executionId);
				expect(asked).toEqual([]);
				isReady = await Promise.resolve(true);
			},
		};
		await clickIn(client, `<a class="x" href="${link}"> ✗ Decline </a>`, 'Decline');
		expect(waited).toEqual(['7']);
		expect(asked).toEqual(['/webhook-waiting/7/node?approved=false&signature=s']);
	});

	it('says so when the email has no such button', async () => {
		const client = { waiting: async () => await Promise.resolve() };
		await expect(clickIn(client, 'Hello', 'Approve')).rejects.toThrow('no button "Approve"');
	});
});
