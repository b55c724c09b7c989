import type { IDataObject } from 'n8n-workflow';
import { maskText } from '../account/mask';
import { trimBlanks, trimEndOf, visible } from '../account/text';
import { HOSTS, MERCHANT_HEADER } from '../wire/contract';

/** A `juspayApi` credential; what is missing is empty. */
export interface JuspayCredential {
	apiKey: string;
	merchantId: string;
	/** Address to send requests to, without a trailing slash. A path, e.g. of a proxy, is kept. */
	baseUrl: string;
	/** Why it can't be used, and what to do: nothing is sent with it. Never contains the key. */
	fault?: string;
}

const ENVIRONMENTS = ['sandbox', 'production', 'custom'] as const;

const NO_ENVIRONMENT =
	"'Environment' is set to an unknown value. Use Sandbox, Production or Custom (in an expression: sandbox, production or custom).";

/** The environment; undefined where what is saved is none of them. */
function environmentOf(value: unknown): (typeof ENVIRONMENTS)[number] | undefined {
	if (value === undefined || value === null) return 'sandbox';
	if (typeof value !== 'string') return undefined;
	const given = value.trim();
	if (given === '') return 'sandbox';
	// Where the money is real, nothing but its exact name counts.
	return ENVIRONMENTS.find((it) => it === (it === 'production' ? given : given.toLowerCase()));
}

/**
 * Reads and checks a credential from n8n. A number is text: an API Key or Merchant ID of digits alone comes as one from
 * an expression.
 */
export function readCredential(data: IDataObject): JuspayCredential {
	let unreadable: string | undefined;
	const text = (field: string, value: unknown) => {
		if (typeof value === 'string') return trimBlanks(visible(value));
		if (value === undefined || value === null) return '';
		if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
		unreadable ??= `'${field}' is not text. Enter it as text: a long number loses digits.`;
		return '';
	};
	const environment = environmentOf(data.environment);
	const address = text('Base URL', data.baseUrl);
	const apiKey = text('API Key', data.apiKey);
	const merchantId = text('Merchant ID', data.merchantId);
	const isUnknown = environment === undefined;
	const isCustom = isUnknown || environment === 'custom';
	const fault =
		(isUnknown ? NO_ENVIRONMENT : unreadable) ??
		faultOf(apiKey, merchantId) ??
		(isCustom ? faultOfAddress(address) : undefined);
	return {
		apiKey,
		merchantId,
		baseUrl: isCustom ? trimEndOf(address, '/') : HOSTS[environment],
		...(fault !== undefined && { fault }),
	};
}

function faultOf(apiKey: string, merchantId: string): string | undefined {
	if (apiKey === '') {
		return "'API Key' is empty. Copy it from Juspay Dashboard > Settings > Security.";
	}
	// HTTP Basic ends the user name at its first colon, as in `curl -u key:`.
	if (/[^\x21-\x39\x3b-\x7e]/.test(apiKey)) {
		return "'API Key' contains a space, a line break, a colon or an accented character. Copy it again without surrounding text.";
	}
	if (/[^\x20-\x7e]/.test(merchantId)) {
		return "'Merchant ID' contains a line break or an accented character. Copy it again from Juspay Dashboard.";
	}
	return undefined;
}

/** The domains of the hosts that Juspay's pages name. */
const JUSPAYS = /(?:^|\.)(?:juspay\.(?:in|io)|hdfcbank\.com)\.?$/;

const IN_FULL = 'Enter it in full, e.g. https://juspay.example.com.';

function faultOfAddress(address: string): string | undefined {
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return `'Base URL' is not a URL. ${IN_FULL}`;
	}
	if (!['http:', 'https:'].includes(url.protocol)) {
		return `'Base URL' doesn't start with http:// or https://. ${IN_FULL}`;
	}
	if (url.protocol === 'http:' && JUSPAYS.test(url.hostname)) {
		return "'Base URL' starts with http://, so your API key would travel unencrypted. Enter it with https://.";
	}
	if (url.username || url.password) {
		return "'Base URL' contains a user name or password. Remove them, and enter the API key in 'API Key'.";
	}
	if (/[?#]/.test(address)) {
		return "'Base URL' contains a ? or a #. Enter only the address, e.g. https://juspay.example.com.";
	}
	return undefined;
}

/**
 * What must never be shown: the key itself and its base64 forms, with and without the colon after it, with and without
 * padding. `showable` also finds them as URLs, JSON and HTML write them.
 */
export function secretsOf({ apiKey }: JuspayCredential): string[] {
	if (apiKey === '') return [];
	const encoded = [`${apiKey}:`, apiKey].flatMap((text) => {
		const bytes = Buffer.from(text);
		return [bytes.toString('base64'), bytes.toString('base64url')];
	});
	const secrets = [apiKey, ...encoded, ...encoded.map((it) => trimEndOf(it, '='))];
	// The part of the base64 of anything that starts with the key, such as `key:password`, that depends on the key alone.
	const whole = apiKey.length - (apiKey.length % 3);
	if (whole >= 9) secrets.push(Buffer.from(apiKey.slice(0, whole)).toString('base64'));
	return [...new Set(secrets)];
}

/** The host to name in messages, without a path: it could contain secrets. */
export function hostOf({ baseUrl }: JuspayCredential): string {
	try {
		return new URL(baseUrl).host;
	} catch {
		return maskText(baseUrl) || 'Juspay';
	}
}

/** Authentication of a request: HTTP Basic with the API key as user name and no password, and the merchant's ID. */
export function signature({ apiKey, merchantId }: JuspayCredential): {
	auth: { username: string; password: string };
	headers: Record<string, string>;
} {
	return {
		auth: { username: apiKey, password: '' },
		headers: merchantId ? { [MERCHANT_HEADER]: merchantId } : {},
	};
}
