import type { IDataObject } from 'n8n-workflow';
import { maskText } from '../domain/mask';
import { trimEndOf } from '../domain/text';
import { HOSTS } from './contract';

/** What a `juspayApi` credential holds. */
export interface JuspayCredential {
	environment: keyof typeof HOSTS | 'custom';
	baseUrl: string;
	apiKey: string;
	merchantId: string;
}

/** Reads a credential as n8n hands it over; what is missing becomes empty. */
export function readCredential(data: IDataObject): JuspayCredential {
	const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
	return {
		environment: (text(data.environment) || 'sandbox') as JuspayCredential['environment'],
		baseUrl: text(data.baseUrl),
		apiKey: text(data.apiKey),
		merchantId: text(data.merchantId),
	};
}

/**
 * Why a credential can't be used, as a sentence to act on; undefined where it can.
 * Never names the key itself.
 */
export function credentialFault(credential: JuspayCredential): string | undefined {
	if (credential.apiKey === '') {
		return 'The API Key is empty. Copy it from Juspay Dashboard > Settings > Security.';
	}
	if (/[^\x21-\x7e]/.test(credential.apiKey)) {
		return 'The API Key holds a blank, a line break or an accented character. Copy it again, whole and alone.';
	}
	if (/[^\x20-\x7e]/.test(credential.merchantId)) {
		return 'The Merchant ID holds a line break or an accented character. Copy it again from Juspay Dashboard.';
	}
	if (credential.environment !== 'custom') return undefined;
	let url: URL;
	try {
		url = new URL(credential.baseUrl);
	} catch {
		return 'The Base URL is not a URL. Give it in full, e.g. https://juspay.example.com.';
	}
	if (!['http:', 'https:'].includes(url.protocol)) {
		return `The Base URL starts with ${url.protocol}// where http:// or https:// belongs.`;
	}
	if (url.username || url.password) {
		return 'The Base URL holds a user name or password. Put the API Key into its own field and leave them out.';
	}
	if (/[?#]/.test(credential.baseUrl)) {
		return 'The Base URL holds a ? or a #. Give the address alone, e.g. https://juspay.example.com.';
	}
	return undefined;
}

/** Where to send requests, without a slash at the end. A path, e.g. of a proxy, stays. */
export function baseUrlOf(credential: JuspayCredential): string {
	if (credential.environment !== 'custom') return HOSTS[credential.environment] ?? HOSTS.sandbox;
	return trimEndOf(credential.baseUrl, '/');
}

/**
 * What must never be shown: the key as it is and as it travels, in base64 with and without the colon after it, with and
 * without padding. How URLs, JSON and HTML write each of them is the business of `showable`.
 */
export function secretsOf({ apiKey }: JuspayCredential): string[] {
	if (apiKey === '') return [];
	const encoded = [`${apiKey}:`, apiKey].flatMap((text) => {
		const bytes = Buffer.from(text);
		return [bytes.toString('base64'), bytes.toString('base64url')];
	});
	const secrets = [apiKey, ...encoded, ...encoded.map((it) => trimEndOf(it, '='))];
	// What the key alone decides in the base64 of anything that starts with it, such as `key:password`.
	const whole = apiKey.length - (apiKey.length % 3);
	if (whole >= 9) secrets.push(Buffer.from(apiKey.slice(0, whole)).toString('base64'));
	return [...new Set(secrets)];
}

/** The host to name in messages, without anything secret that a path might hold. */
export function hostOf(credential: JuspayCredential): string {
	try {
		return new URL(baseUrlOf(credential)).host;
	} catch {
		return maskText(credential.baseUrl);
	}
}

/** What signs a request in: HTTP Basic with the API key as user name and no password, and the merchant's ID. */
export function signature(credential: JuspayCredential): {
	auth: { username: string; password: string };
	headers: Record<string, string>;
} {
	return {
		auth: { username: credential.apiKey, password: '' },
		headers: credential.merchantId ? { 'x-merchantid': credential.merchantId } : {},
	};
}
