/** Describes answers without a value of theirs. */

type Json = Record<string, unknown>;

/** Keys whose values are words of Juspay's, which say nothing of an account. */
const WORDS = new Set([
	'object',
	'status',
	'validation_status',
	'bank_account_status',
	'error_code',
	'code',
	'category',
	'reason',
	'field_name',
	'currency',
]);

/** `USER_ERROR`, or a field such as `account_details[0].bank_account.ifsc`. */
const WORD = /^(?=.{2,60}$)[A-Za-z](?:[A-Za-z_.]|\[\d{1,2}\])*$/;

const object = (value: unknown): Json | undefined =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Json)
		: undefined;

/** What a text is, by its form alone. */
function textFormat(text: string): string {
	if (text === '') return 'empty text';
	if (/^\d{4}-\d\d-\d\dT/.test(text)) return 'date-time';
	if (/^\d+$/.test(text)) return `${text.length} digits as text`;
	if (/^[Xx*\d-]+$/.test(text) && /[Xx*]/.test(text)) return 'masked digits';
	if (/^[\w.*-]+@[\w.*-]+$/.test(text))
		return text.includes('*') ? 'masked UPI ID' : 'UPI ID or e-mail';
	if (/^[A-Z]{4}0[A-Z0-9]{6}$/i.test(text)) return 'IFSC';
	const prefix = /^(banh|cst)_/.exec(text)?.[0];
	return prefix ? `ID ${prefix}…` : `text of ${text.length}`;
}

function valueFormat(key: string, value: unknown): string {
	if (value === null) return 'null';
	if (typeof value === 'number') return Number.isInteger(value) ? 'whole number' : 'number';
	if (typeof value !== 'string') return typeof value;
	if (WORDS.has(key) && WORD.test(value)) return JSON.stringify(value);
	return textFormat(value);
}

/** A key as it may be shown: one that contains data is none of Juspay's names. */
function shownKey(key: string): string {
	return /^[A-Za-z_][\w.-]{0,40}$/.test(key) && !/\d{4}/.test(key) ? key : '(another key)';
}

/**
 * The shape of a parsed body, with each value's type or format in its place. Entries of an array that look alike are
 * shown once.
 */
export function shapeOf(value: unknown, key = '', depth = 0): string {
	if (value === undefined) return '(no JSON)';
	if (depth > 6) return '…';
	if (Array.isArray(value)) {
		const entries = value.map((entry) => shapeOf(entry, key, depth + 1));
		const kinds = [...new Set(entries)].slice(0, 4);
		return `[${kinds.map((kind) => `${entries.filter((it) => it === kind).length} x ${kind}`).join(', ')}]`;
	}
	const raw = object(value);
	if (!raw) return valueFormat(key, value);
	const members = Object.entries(raw).slice(0, 60);
	return `{${members.map(([name, member]) => `${shownKey(name)}: ${shapeOf(member, name, depth + 1)}`).join(', ')}}`;
}

/** A status, or several with commas; where it is no word of Juspay's, its shape. */
export function wordOr(value: unknown): string {
	return typeof value === 'string' && /^[A-Za-z_, ]{2,60}$/.test(value) ? value : shapeOf(value);
}

/** Where a key stands in a value, e.g. `account_details.bank_account.ifsc`, with what stands there. */
export function find(
	value: unknown,
	key: string,
	path: string[] = [],
): { path: string[]; value: unknown } | undefined {
	const raw = object(value);
	if (!raw || path.length > 5) return undefined;
	if (Object.hasOwn(raw, key) && !object(raw[key])) return { path, value: raw[key] };
	for (const [name, member] of Object.entries(raw)) {
		const found = find(member, key, [...path, name]);
		if (found) return found;
	}
	return undefined;
}

/** Where a path leads to; of none: to the account itself. */
export function place(path: readonly string[]): string {
	return path.length === 0 ? 'flat' : `in ${path.map(shownKey).join('.')}`;
}

/** Where an answer has its accounts: `bare array`, `one object`, or the keys above the array. */
export function envelopeOf(body: unknown, path: string[] = []): string {
	if (body === undefined) return 'no JSON';
	if (Array.isArray(body)) return path.length === 0 ? 'bare array' : `array in ${path.join('.')}`;
	const raw = object(body);
	if (!raw) return shapeOf(body);
	if ('id' in raw || 'bank_account_id' in raw) {
		return path.length === 0 ? 'one object' : `one object in ${path.join('.')}`;
	}
	const inner = Object.entries(raw).filter(
		([, member]) => typeof member === 'object' && member !== null,
	);
	const [[key, member] = []] = [...inner.filter(([, it]) => Array.isArray(it)), ...inner];
	return key === undefined || path.length > 3
		? shapeOf(body)
		: envelopeOf(member, [...path, shownKey(key)]);
}

/** How an answer writes an account number that was sent. */
export function numberForm(sent: string, shown: unknown): string {
	if (shown === undefined || shown === null || shown === '') return 'left out';
	const isNumber = typeof shown === 'number';
	const text = String(shown);
	const kind = isNumber ? 'JSON number' : 'text';
	if (text === sent) return `${kind}, as it was sent`;
	if (text === sent.replace(/^0+/, '')) return `${kind}, without leading zeros`;
	if (/^\d{1,8}$/.test(text) && sent.endsWith(text)) return `only its last ${text.length} digits`;
	return /[Xx*]/.test(text) ? 'masked' : 'another text';
}
