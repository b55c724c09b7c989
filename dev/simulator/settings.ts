import { checkSettings } from './schema';
import type { SimulatorOptions, SimulatorSettings } from './types';

const DEFAULTS: SimulatorSettings = {
	apiKey: 'sim_api_key',
	latencyMs: 0,
	validationMs: 0,
	listDelayMs: 0,
	listForbidden: false,
	listHidesCreated: false,
	validateStaysCreated: false,
	dialect: [],
	answerShape: 'auto',
	nestBankDetails: true,
	bankCodeInside: false,
	anyCustomer: false,
	verifyNotEnabled: false,
	keepRequests: 10_000,
};

/** Options that can't change once the simulator runs. */
const START_ONLY = ['host', 'port', 'customers', 'seed', 'faults', 'onRequest'];

/**
 * The settings after a change; `undefined` takes an optional one away and leaves the others at their default.
 *
 * @throws TypeError on a name that is not a setting, or a value that can't be one
 */
export function changedSettings(
	settings: SimulatorSettings,
	change: Partial<SimulatorSettings>,
): SimulatorSettings {
	// JSON has no undefined: over HTTP, null takes a setting away.
	const given = Object.entries(change).map(([name, value]) => [name, value ?? undefined] as const);
	checkSettings(Object.fromEntries(given));
	const changed = given.map(([name, value]) => [
		name,
		value ?? DEFAULTS[name as keyof SimulatorSettings],
	]);
	return { ...settings, ...Object.fromEntries(changed) };
}

/** The settings a simulator starts with. Throws TypeError as `changedSettings` does. */
export function startingSettings(options: SimulatorOptions): SimulatorSettings {
	const settings = Object.entries(options).filter(([name]) => !START_ONLY.includes(name));
	return changedSettings(DEFAULTS, Object.fromEntries(settings));
}

/** 127.x.x.x, ::1 and localhost: what is in here is nobody else's to reach. */
export function isLoopback(host: string): boolean {
	return /^(127(\.\d{1,3}){3}|::1|localhost)$/.test(host);
}
