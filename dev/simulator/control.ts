/* eslint-disable @n8n/community-nodes/require-node-api-error -- this is a server, there is no node to name in an error */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkFault } from './faults';
import type { AccountDetails, Fault, Simulator, SimulatorSettings } from './types';

/** What the routes below need of a simulator. */
export type Controlled = Omit<Simulator, 'url' | 'close'>;

/** What `GET /_simulator/state` answers. */
export interface SimulatorState {
	counters: Simulator['counters'];
	customers: number;
	accounts: number;
	/** How many accounts have each status now. */
	accountsByStatus: Record<string, number>;
}

function stateOf(simulator: Controlled): SimulatorState {
	const accounts = simulator.accounts();
	const accountsByStatus: Record<string, number> = {};
	for (const { status } of accounts) {
		accountsByStatus[status] = (accountsByStatus[status] ?? 0) + 1;
	}
	return {
		counters: simulator.counters,
		customers: simulator.customers().length,
		accounts: accounts.length,
		accountsByStatus,
	};
}

function readJson(request: FastifyRequest): unknown {
	if (typeof request.body !== 'string') throw new TypeError('A JSON body is expected');
	try {
		return JSON.parse(request.body);
	} catch {
		throw new TypeError('The body is not JSON');
	}
}

function readArray(request: FastifyRequest): unknown[] {
	const value = readJson(request);
	if (!Array.isArray(value)) throw new TypeError('A JSON array is expected');
	return value;
}

function readObject(request: FastifyRequest): Record<string, unknown> {
	const value = readJson(request);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new TypeError('A JSON object is expected');
	}
	return value as Record<string, unknown>;
}

function readText(value: unknown, name: string): string {
	if (typeof value !== 'string' || value === '') throw new TypeError(`${name} must be a text`);
	return value;
}

function readAccount(value: unknown): AccountDetails {
	const account = (value ?? {}) as Partial<Record<string, unknown>>;
	if ('vpa' in account) return { vpa: readText(account.vpa, 'account.vpa') };
	const optional = ['beneficiaryName', 'bankCode'].filter((name) => account[name] !== undefined);
	return {
		accountNumber: readText(account.accountNumber, 'account.accountNumber'),
		ifsc: readText(account.ifsc, 'account.ifsc'),
		...Object.fromEntries(optional.map((name) => [name, readText(account[name], name)])),
	};
}

/** The key is the one thing in a request that is nobody's business, even on loopback. */
function withoutKey(headers: Record<string, string>): Record<string, string> {
	return headers.authorization === undefined ? headers : { ...headers, authorization: '…' };
}

/** The control of a running simulator by other processes: `/_simulator/…`, without authentication. */
export function addControlRoutes(app: FastifyInstance, simulator: Controlled): void {
	const done = { done: true };
	void app.register(
		async (routes) => {
			routes.setErrorHandler((error, _request, reply: FastifyReply) => {
				const isCallers = error instanceof TypeError || error instanceof RangeError;
				return reply
					.code(isCallers ? 400 : 500)
					.send({ error: error instanceof Error ? error.message : String(error) });
			});
			routes.setNotFoundHandler((_request, reply) =>
				reply.code(404).send({ error: 'The simulator has no such control' }),
			);

			routes.get('/health', () => ({ status: 'ok' }));
			routes.get('/state', () => stateOf(simulator));
			routes.get<{ Querystring: { customer?: string } }>('/accounts', ({ query }) =>
				simulator.accounts(query.customer),
			);
			routes.get<{ Querystring: { last?: string } }>('/requests', ({ query }) => {
				const last = Number(query.last ?? 100);
				if (!Number.isInteger(last) || last < 1)
					throw new TypeError('last must be a number from 1');
				return simulator
					.requests()
					.slice(-last)
					.map((entry) => ({ ...entry, headers: withoutKey(entry.headers) }));
			});
			routes.post('/configure', (request) => {
				simulator.configure(readObject(request) as Partial<SimulatorSettings>);
				return done;
			});
			routes.post('/faults', (request) => {
				const faults = readArray(request) as Fault[];
				for (const fault of faults) checkFault(fault);
				for (const fault of faults) simulator.addFault(fault);
				return done;
			});
			routes.delete('/faults', () => {
				simulator.clearFaults();
				return done;
			});
			routes.post('/customers', (request) => {
				simulator.seedCustomers(readArray(request).map((id) => readText(id, 'A customer ID')));
				return done;
			});
			routes.post('/accounts', (request) => {
				const { customerId, account, status } = readObject(request);
				const id = simulator.seedAccount(
					readText(customerId, 'customerId'),
					readAccount(account),
					status === undefined ? undefined : readText(status, 'status'),
				);
				return { id };
			});
			routes.post('/status', (request) => {
				const { accountId, status } = readObject(request);
				simulator.setStatus(readText(accountId, 'accountId'), readText(status, 'status'));
				return done;
			});
			routes.post('/reset', () => {
				simulator.reset();
				return done;
			});
		},
		{ prefix: '/_simulator' },
	);
}
