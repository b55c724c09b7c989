import type { IDataObject } from 'n8n-workflow';
import { oneOf, orElse } from '../account/kinds';
import { maskText } from '../account/mask';
import { trimBlanks, trimEndOf, visible } from '../account/text';
import { HOSTS } from '../wire/contract';

type Environment = keyof typeof HOSTS | 'custom';

/** A `juspayApi` credential. */
export interface JuspayCredential {
	/** Unknown where what is saved is none of them. */
	environment: Environment | 'unknown';
	baseUrl: string;
	apiKey: string;
	merchantId: string;
	/** A field whose value is neither text nor a number with all its digits. */
	unreadable?: string;
}

const readEnvironment = orElse<Environment, Environment>(
	oneOf<Environment>([{ value: 'sandbox' }, { value: 'production' }, { value: 'custom' }]),
	'sandbox',
);

/**
 * Reads a credential from n8n; missing values become empty. A number is text: an API Key or Merchant ID of digits alone
 * comes as one from an expression.
 */
export function readCredential(data: IDataObject): JuspayCredential {
	let unreadable: string | undefined;
	const text = (field: string, value: unknown) => {
		if (typeof value === 'string') return trimBlanks(visible(value));
		if (value === undefined || value === null) return '';
		if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
		unreadable ??= field;
		return '';
	};
	const credential: JuspayCredential = {
		environment: environmentOf(data.environment),
		baseUrl: text('Base URL', data.baseUrl),
		apiKey: text('API Key', data.apiKey),
		merchantId: text('Merchant ID', data.merchantId),
	};
	return unreadable === undefined ? credential : { ...credential, unreadable };
}

function environmentOf(value: unknown): JuspayCredential['environment'] {
	let environment: Environment;
	try {
		environment = readEnvironment('Environment', value);
	} catch {
		return 'unknown';
	}
	// Where the money is real, nothing but its exact name counts.
	const isProduction = environment === 'production';
	return isProduction && String(value).trim() !== 'production' ? 'unknown' : environment;
}

/**
 * Why a credential can't be used, and what to do; undefined if it can. Never contains the key.
 */
export function credentialFault(credential: JuspayCredential): string | undefined {
	if (credential.environment === 'unknown') {
		return "'Environment' is not one of its values. Use Sandbox, Production or Custom (in an expression: sandbox, production or custom).";
	}
	if (credential.unreadable !== undefined) {
		return `'${credential.unreadable}' is not text. Enter it as text: a long number loses digits.`;
	}
	if (credential.apiKey === '') {
		return "'API Key' is empty. Copy it from Juspay Dashboard > Settings > Security.";
	}
	if (/[^\x21-\x7e]/.test(credential.apiKey)) {
		return "'API Key' contains a space, a line break or an accented character. Copy it again without surrounding text.";
	}
	if (/[^\x20-\x7e]/.test(credential.merchantId)) {
		return "'Merchant ID' contains a line break or an accented character. Copy it again from Juspay Dashboard.";
	}
	if (credential.environment !== 'custom') return undefined;
	let url: URL;
	try {
		url = new URL(credential.baseUrl);
	} catch {
		return "'Base URL' is not a URL. Enter it in full, e.g. https://juspay.example.com.";
	}
	if (!['http:', 'https:'].includes(url.protocol)) {
		return "'Base URL' doesn't start with http:// or https://. Enter it in full, e.g. https://juspay.example.com.";
	}
	if (url.username || url.password) {
		return "'Base URL' contains a user name or password. Remove them, and enter the API key in 'API Key'.";
	}
	if (/[?#]/.test(credential.baseUrl)) {
		return "'Base URL' contains a ? or a #. Enter only the address, e.g. https://juspay.example.com.";
	}
	return undefined;
}

/** Address to send requests to, without a trailing slash. A path, e.g. of a proxy, is kept. */
export function baseUrlOf(credential: JuspayCredential): string {
	const { environment, baseUrl } = credential;
	if (environment === 'custom') return trimEndOf(baseUrl, '/');
	// Nothing is sent with an unknown one: `credentialFault` comes before.
	return environment === 'unknown' ? '' : HOSTS[environment];
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
export function hostOf(credential: JuspayCredential): string {
	try {
		return new URL(baseUrlOf(credential)).host;
	} catch {
		return maskText(credential.baseUrl) || 'Juspay';
	}
}

/** Authentication of a request: HTTP Basic with the API key as user name and no password, and the merchant's ID. */
export function signature(credential: JuspayCredential): {
	auth: { username: string; password: string };
	headers: Record<string, string>;
} {
	return {
		auth: { username: credential.apiKey, password: '' },
		headers: credential.merchantId ? { 'x-merchantid': credential.merchantId } : {},
	};
}
