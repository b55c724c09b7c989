import fastify, { type FastifyInstance } from 'fastify';
import { Tally } from './counters';
import { dialectsOf } from './dialects';
import { Refusal, refusal } from './errors';
import { handle, type World } from './exchange';
import { Faults } from './faults';
import { RateLimit } from './rate-limit';
import { Store } from './store';
import type {
	Call,
	Counters,
	Fault,
	Simulator,
	SimulatorOptions,
	SimulatorSettings,
	AccountDetails,
} from './types';
import { Waits } from './waits';

export * from './types';
export { DIALECT_NAMES, DIALECTS, type DialectName } from './dialects';

const DEFAULTS: SimulatorSettings = {
	apiKey: 'sim_api_key',
	latencyMs: 0,
	validationMs: 0,
	listDelayMs: 0,
	listHidesCreated: false,
	validateStaysCreated: false,
	dialect: [],
	bankCodeInside: false,
	anyCustomer: false,
	keepRequests: 10_000,
};

/** Those of the options that are settings. */
function settingsIn(options: SimulatorOptions): Partial<SimulatorSettings> {
	const startOnly = ['port', 'customers', 'seed', 'faults', 'onRequest'];
	return Object.fromEntries(Object.entries(options).filter(([name]) => !startOnly.includes(name)));
}

/** The settings after a change; `undefined` takes an optional one away and leaves the others at their default. */
function changed(
	settings: SimulatorSettings,
	change: Partial<SimulatorSettings>,
): SimulatorSettings {
	const given = Object.entries(change) as Array<[keyof SimulatorSettings, unknown]>;
	const values = given.map(([name, value]) => [name, value ?? DEFAULTS[name]]);
	return { ...settings, ...Object.fromEntries(values) };
}

const ROUTES: Array<{ call: Call; method: 'GET' | 'POST'; url: string }> = [
	{ call: 'createAccounts', method: 'POST', url: '/customers/:customerId/accounts' },
	{ call: 'listAccounts', method: 'GET', url: '/customers/:customerId/customer-accounts/list' },
	{
		call: 'getAccount',
		method: 'GET',
		url: '/customers/:customerId/customer-accounts/:accountId',
	},
	{
		call: 'validateAccount',
		method: 'POST',
		url: '/customers/:customerId/customer-accounts/:accountId/validate',
	},
	{
		call: 'deleteAccount',
		method: 'POST',
		url: '/customers/:customerId/customer-accounts/:accountId',
	},
	{ call: 'createCustomer', method: 'POST', url: '/customers' },
	{ call: 'getCustomer', method: 'GET', url: '/customers/:customerId' },
	{ call: 'updateCustomer', method: 'POST', url: '/customers/:customerId' },
	{ call: 'verifyVpa', method: 'POST', url: '/v2/upi/verify-vpa' },
];

const LARGEST_BODY = 8 * 1024 * 1024;
const LONGEST_ID = 2000;

function rateLimitOf(settings: SimulatorSettings): RateLimit | undefined {
	const { requestsPerSecond } = settings;
	return requestsPerSecond === undefined ? undefined : new RateLimit(requestsPerSecond);
}

/** An error of the server's own, before a call could look at the request. */
function serverRefusal(error: unknown): Refusal | undefined {
	const { code, statusCode } = error as { code?: string; statusCode?: number };
	if (!code?.startsWith('FST_ERR_') || statusCode === undefined || statusCode >= 500)
		return undefined;
	return refusal(statusCode, 'INVALID_INPUT', 'The request can not be read.');
}

function juspayServer(world: World): FastifyInstance {
	const app = fastify({
		bodyLimit: LARGEST_BODY,
		forceCloseConnections: true,
		routerOptions: { maxParamLength: LONGEST_ID },
		// Juspay knows no HEAD; fastify would answer it wherever there is a GET.
		exposeHeadRoutes: false,
		frameworkErrors: (error, request, reply) => {
			void handle(world, 'unknown', request, reply, serverRefusal(error));
		},
	});
	// Each body is read as text: what kind it may be is for the call to say.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	for (const { call, method, url } of ROUTES) {
		app.route({ method, url, handler: (request, reply) => handle(world, call, request, reply) });
	}
	app.setNotFoundHandler((request, reply) => handle(world, 'unknown', request, reply));
	app.setErrorHandler((error, request, reply) => {
		const known = serverRefusal(error);
		if (known) return handle(world, 'unknown', request, reply, known);
		return reply.code(500).send({ status: 'error', error_message: `Simulator: ${String(error)}` });
	});
	return app;
}

/** The part of a simulator that needs no server. */
class State implements Omit<Simulator, 'url' | 'close'> {
	readonly world: World;

	constructor(private readonly options: SimulatorOptions) {
		const { seed = 1, onRequest } = options;
		const settings = changed(DEFAULTS, settingsIn(options));
		this.world = {
			settings,
			dialects: dialectsOf(settings.dialect),
			limit: rateLimitOf(settings),
			store: new Store(seed),
			tally: new Tally(),
			faults: new Faults(seed),
			log: [],
			waits: new Waits(),
			onRequest,
		};
		this.begin();
	}

	get apiKey(): string {
		return this.world.settings.apiKey;
	}

	get counters(): Counters {
		return this.world.tally.counters;
	}

	configure(change: Partial<SimulatorSettings>): void {
		const { world } = this;
		const before = world.settings;
		world.settings = changed(before, change);
		world.dialects = dialectsOf(world.settings.dialect);
		if (world.settings.requestsPerSecond !== before.requestsPerSecond) {
			world.limit = rateLimitOf(world.settings);
		}
	}

	addFault(fault: Fault): void {
		this.world.faults.add(fault);
	}

	clearFaults(): void {
		this.world.faults.clear();
	}

	seedCustomers(ids: string[]): void {
		for (const id of ids) this.world.store.ensureCustomer(id);
	}

	seedAccount(customerId: string, account: AccountDetails, status = 'CREATED'): string {
		const { store } = this.world;
		const record = store.addAccount(store.ensureCustomer(customerId), { ...account });
		record.status = status;
		record.createdAt = 0;
		return record.id;
	}

	setStatus(accountId: string, status: string): void {
		const account = this.world.store.findAccount(accountId);
		if (!account) throw new RangeError(`There is no account ${accountId}`);
		this.world.store.setStatus(account, status);
	}

	accounts(customerId?: string) {
		return this.world.store.snapshot(customerId);
	}

	customers() {
		return this.world.store.customerSnapshot();
	}

	requests() {
		const { log, settings } = this.world;
		return log.slice(Math.max(0, log.length - settings.keepRequests));
	}

	reset(): void {
		const { world } = this;
		world.waits.cutAllShort();
		world.store.clear();
		world.tally.reset();
		world.faults.reset();
		world.log.length = 0;
		world.limit = rateLimitOf(world.settings);
		this.begin();
	}

	private begin(): void {
		this.seedCustomers(this.options.customers ?? []);
		for (const fault of this.options.faults ?? []) this.world.faults.add(fault);
	}
}

/**
 * Starts a stand-in for Juspay on loopback: what is in here is nobody else's to reach.
 *
 * @throws TypeError on dialects that can't be combined; the system's error (`code: 'EADDRINUSE'`) when the port is taken
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const state = new State(options);
	const app = juspayServer(state.world);
	const address = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	return Object.assign(state, {
		url: address,
		close: async () => {
			state.world.waits.cutAllShort();
			await app.close();
		},
	});
}
