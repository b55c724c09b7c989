import { dialectsOf } from './dialects';
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
	keepRequests: 10_000,
};

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value !== '';
const isSwitch: Check = (value) => typeof value === 'boolean';
const isMs: Check = (value) => typeof value === 'number' && value >= 0 && value < 2 ** 31;
const isCount: Check = (value) => Number.isInteger(value) && (value as number) >= 1;

/** Throws by itself: it says which name is none and which there are, or which two contradict each other. */
const isDialect: Check = (value) => {
	dialectsOf(value);
	return true;
};

const CHECKS: Record<keyof SimulatorSettings, { holds: Check; expected: string }> = {
	apiKey: { holds: isText, expected: 'a text' },
	merchantId: { holds: isText, expected: 'a text' },
	latencyMs: { holds: isMs, expected: 'milliseconds' },
	validationMs: { holds: isMs, expected: 'milliseconds' },
	pageSize: { holds: isCount, expected: 'a whole number from 1' },
	listDelayMs: { holds: isMs, expected: 'milliseconds' },
	listForbidden: { holds: isSwitch, expected: 'true or false' },
	listHidesCreated: { holds: isSwitch, expected: 'true or false' },
	validateStaysCreated: { holds: isSwitch, expected: 'true or false' },
	requestsPerSecond: {
		holds: (value) => isCount(value) && (value as number) <= 1_000_000,
		expected: 'a whole number from 1 to 1,000,000',
	},
	retryAfter: { holds: isText, expected: 'a text' },
	maxAccountsPerRequest: { holds: isCount, expected: 'a whole number from 1' },
	dialect: { holds: isDialect, expected: 'one or more dialects' },
	answerShape: {
		holds: (value) => value === 'array' || value === 'list' || value === 'auto',
		expected: 'array, list or auto',
	},
	nestBankDetails: { holds: isSwitch, expected: 'true or false' },
	bankCodeInside: { holds: isSwitch, expected: 'true or false' },
	anyCustomer: { holds: isSwitch, expected: 'true or false' },
	keepRequests: {
		holds: (value) => Number.isInteger(value) && (value as number) >= 0,
		expected: 'a whole number',
	},
};

/** Options that are no settings: they can't change once the simulator runs. */
const START_ONLY = ['host', 'port', 'customers', 'seed', 'faults', 'onRequest'];

function isSetting(name: string): name is keyof SimulatorSettings {
	return Object.hasOwn(CHECKS, name);
}

/**
 * The settings after a change; `undefined` takes an optional one away and leaves the others at their default.
 *
 * @throws TypeError on a name that is no setting, or a value that can't be one
 */
export function changedSettings(
	settings: SimulatorSettings,
	change: Partial<SimulatorSettings>,
): SimulatorSettings {
	const result: Record<string, unknown> = { ...settings };
	for (const [name, value] of Object.entries(change)) {
		if (!isSetting(name)) throw new TypeError(`There is no setting ${name} that can be changed`);
		if (value === undefined || value === null) {
			result[name] = DEFAULTS[name];
			continue;
		}
		const { holds, expected } = CHECKS[name];
		if (!holds(value)) throw new TypeError(`${name} must be ${expected}`);
		result[name] = value;
	}
	return result as unknown as SimulatorSettings;
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
