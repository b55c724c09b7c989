/* eslint-disable @n8n/community-nodes/require-node-api-error -- this is a server, there is no node to name in an error */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BODIES, checkFault, read, readAccount } from './schema';
import type { Simulator } from './types';

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
				const last = read(BODIES.last, query.last ?? 100, 'last');
				return simulator
					.requests()
					.slice(-last)
					.map((entry) => ({ ...entry, headers: withoutKey(entry.headers) }));
			});
			routes.post('/configure', (request) => {
				simulator.configure(read(BODIES.object, readJson(request), 'Settings'));
				return done;
			});
			routes.post('/faults', (request) => {
				const faults = read(BODIES.faults, readJson(request), 'Faults').map((fault) => {
					checkFault(fault);
					return fault;
				});
				for (const fault of faults) simulator.addFault(fault);
				return done;
			});
			routes.delete('/faults', () => {
				simulator.clearFaults();
				return done;
			});
			routes.post('/customers', (request) => {
				simulator.seedCustomers(read(BODIES.customers, readJson(request), 'Customers'));
				return done;
			});
			routes.post('/accounts', (request) => {
				const { customerId, account, status } = read(BODIES.account, readJson(request), 'Account');
				return { id: simulator.seedAccount(customerId, readAccount(account), status) };
			});
			routes.post('/status', (request) => {
				const { accountId, status } = read(BODIES.status, readJson(request), 'Status');
				simulator.setStatus(accountId, status);
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
