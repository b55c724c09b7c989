import type { SimulatorState } from './control';
import type {
	AccountDetails,
	Fault,
	LoggedRequest,
	SimulatorSettings,
	StoredAccount,
} from './types';

/** The control of a simulator that runs in another process. All throw when it answers with an error. */
export interface SimulatorControl {
	health(): Promise<{ status: 'ok' }>;
	state(): Promise<SimulatorState>;
	accounts(customerId?: string): Promise<StoredAccount[]>;
	/** Oldest first; the `authorization` header is blanked. @param last default 100 */
	requests(last?: number): Promise<LoggedRequest[]>;
	/** `null` takes an optional setting away. */
	configure(change: {
		[name in keyof SimulatorSettings]?: SimulatorSettings[name] | null;
	}): Promise<void>;
	addFaults(faults: Fault[]): Promise<void>;
	clearFaults(): Promise<void>;
	seedCustomers(ids: string[]): Promise<void>;
	/** Returns the account's `banh_` ID. */
	seedAccount(customerId: string, account: AccountDetails, status?: string): Promise<string>;
	setStatus(accountId: string, status: string): Promise<void>;
	reset(): Promise<void>;
}

/** @param url the simulator's address, e.g. `http://127.0.0.1:8777` */
export function simulatorControl(url: string): SimulatorControl {
	const base = `${url.replace(/\/+$/, '')}/_simulator`;

	async function ask<T>(
		method: 'GET' | 'POST' | 'DELETE',
		path: string,
		body?: unknown,
	): Promise<T> {
		const response = await fetch(`${base}${path}`, {
			method,
			...(body !== undefined && {
				body: JSON.stringify(body),
				headers: { 'content-type': 'application/json' },
			}),
		});
		const answer = (await response.json()) as T & { error?: string };
		if (!response.ok) throw new Error(`${method} ${path}: ${answer.error ?? response.status}`);
		return answer;
	}

	async function change(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<void> {
		await ask(method, path, body);
	}

	return {
		health: async () => await ask('GET', '/health'),
		state: async () => await ask('GET', '/state'),
		accounts: async (customerId) =>
			await ask(
				'GET',
				customerId === undefined
					? '/accounts'
					: `/accounts?customer=${encodeURIComponent(customerId)}`,
			),
		requests: async (last = 100) => await ask('GET', `/requests?last=${last}`),
		configure: async (settings) => await change('POST', '/configure', settings),
		addFaults: async (faults) => await change('POST', '/faults', faults),
		clearFaults: async () => await change('DELETE', '/faults'),
		seedCustomers: async (ids) => await change('POST', '/customers', ids),
		seedAccount: async (customerId, account, status) =>
			(await ask<{ id: string }>('POST', '/accounts', { customerId, account, status })).id,
		setStatus: async (accountId, status) => await change('POST', '/status', { accountId, status }),
		reset: async () => await change('POST', '/reset'),
	};
}
