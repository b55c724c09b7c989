import type { AccountDetails, Simulator } from '../../dev/simulator/simulator';

/** An answer, read as far as it can be. */
export interface Seen {
	status: number;
	headers: Headers;
	text: string;
	/** The parsed body; undefined when it is no JSON. */
	json: unknown;
}

export interface CallOptions {
	/** Replaces headers by lower-case name; `undefined` leaves one out. */
	headers?: Record<string, string | undefined>;
	/** A form, or a body as it stands. */
	body?: Record<string, string> | string;
	signal?: AbortSignal;
}

export function basic(user: string, password = ''): string {
	return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** The wire form of accounts in a Create. */
function wireAccounts(accounts: AccountDetails[]): string {
	return JSON.stringify(
		accounts.map((account) =>
			'vpa' in account
				? { upi: { vpa: account.vpa } }
				: {
						bank_code: account.bankCode,
						bank_account: {
							account_number: account.accountNumber,
							ifsc: account.ifsc,
							beneficiary_name: account.beneficiaryName,
						},
					},
		),
	);
}

/** One request as Juspay wants it, save for what the options change; over real HTTP. */
export async function send(
	simulator: Simulator,
	method: string,
	path: string,
	{ headers = {}, body, signal }: CallOptions = {},
): Promise<Seen> {
	const all: Record<string, string | undefined> = {
		authorization: basic(simulator.apiKey),
		'x-routing-id': 'customer_1122',
		...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
		...headers,
	};
	const sent = Object.entries(all).filter((header): header is [string, string] => !!header[1]);
	const response = await fetch(simulator.url + path, {
		method,
		headers: sent,
		// Bytes, not a text: fetch would add a content type of its own.
		body: Buffer.from(
			typeof body === 'object' ? new URLSearchParams(body).toString() : (body ?? ''),
		),
		...(body === undefined && { body: null }),
		...(signal && { signal }),
	});
	const text = await response.text();
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		json = undefined;
	}
	return { status: response.status, headers: response.headers, text, json };
}

/** A Create for `customer_1122`. */
export async function create(
	simulator: Simulator,
	accounts: AccountDetails[],
	form: Record<string, string> = {},
	customer = 'customer_1122',
): Promise<Seen> {
	return await send(simulator, 'POST', `/customers/${encodeURIComponent(customer)}/accounts`, {
		body: { account_details: wireAccounts(accounts), ...form },
	});
}
