/**
 * How Juspay refuses: the one reader of its error bodies, in every form that its documents, its samples and its SDK
 * show. The forms stand in docs/contract.md.
 */

type Json = Record<string, unknown>;

/** What a refusal speaks of, by its code. Where the code names nothing, the status decides. */
export type Subject =
	/** The API key. */
	| 'keyRejected'
	/** The IP address that the request came from. */
	| 'badOrigin'
	/** A customer or an account that isn't there. */
	| 'missing'
	/** Something that is there, or was done, already. */
	| 'exists'
	/** Another request for the same customer that is being processed. */
	| 'busy'
	/** The merchant's configuration at Juspay. */
	| 'setUp'
	/** Account details in that configuration, or those of the request: Juspay's document leaves it open. */
	| 'details'
	/** The request itself. */
	| 'refused'
	/** A gateway, a bank or a network behind Juspay: it shows nothing of how far the request came. */
	| 'unavailable';

/** What Juspay says about a refusal; any part may be missing. */
export interface Refusal {
	/** Juspay's own code, as Juspay writes it; empty where there is none, or prose in its place. */
	code: string;
	/** What the code speaks of. */
	subject?: Subject;
	/** The words that name the cause, where any do. */
	message: string;
	category: string;
	fields: Array<{ name: string; reason: string }>;
	/** What Juspay's support asks for. */
	requestId: string;
}

/** Characters of one text that are read. */
const LONGEST_TEXT = 2_000;

/** Characters of a JSON text that is read as an object. */
const LONGEST_JSON = 100_000;

/** Fields that are read. */
const MOST_FIELDS = 20;

function objectIn(value: unknown): Json | undefined {
	if (typeof value === 'string') {
		// Also JSON within JSON.
		if (!/^\s*["{]/.test(value) || value.length > LONGEST_JSON) return undefined;
		try {
			return objectIn(JSON.parse(value));
		} catch {
			return undefined;
		}
	}
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Json)
		: undefined;
}

function textIn(value: unknown): string {
	if (typeof value === 'string') return value.slice(0, LONGEST_TEXT).trim();
	return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}

/** A value under its snake_case key [doc], or in camelCase, as Juspay's SDK also reads it [doc*]. */
function under(raw: Json, key: string): unknown {
	if (Object.hasOwn(raw, key)) return raw[key];
	const camel = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
	return Object.hasOwn(raw, camel) ? raw[camel] : undefined;
}

const textUnder = (raw: Json, key: string) => textIn(under(raw, key));

/** What stands in `error_info`: an object, its JSON text [doc*], or the first of several. */
function infoIn(raw: Json): Json {
	const info = under(raw, 'error_info');
	return objectIn(Array.isArray(info) ? info[0] : info) ?? {};
}

const isFilled = (value: unknown) =>
	textIn(value) !== '' ||
	(typeof value === 'object' && value !== null && Object.keys(value).length > 0);

/** Whether an object has one of a refusal's keys itself. Words for the user alone may also speak of a success. */
export function hasOwnKeys(raw: Json): boolean {
	const keys = ['error_code', 'error_message', ...(raw.error === true ? ['user_message'] : [])];
	return (
		keys.some((key) => textUnder(raw, key) !== '') || Object.values(infoIn(raw)).some(isFilled)
	);
}

/** Keys that a refusal may be wrapped in: `response` [doc*], and the usual ones. */
const WRAPPERS = ['response', 'data', 'error'];

/** The object that has a refusal's keys: the body, or what it wraps. */
function refusalIn(body: unknown): Json | undefined {
	const raw = objectIn(body);
	if (!raw || hasOwnKeys(raw)) return raw;
	return WRAPPERS.map((key) => objectIn(raw[key])).find((inner) => inner && hasOwnKeys(inner));
}

/** True for Juspay's error object: alone, or in the place of an account. */
export function isRefusal(value: unknown): boolean {
	const raw = refusalIn(value);
	return raw !== undefined && hasOwnKeys(raw);
}

/** The code of an API that the merchant doesn't have [doc]. */
export const NOT_ENABLED = 'FEATURE_NOT_ENABLED';

/** Juspay's codes by what they speak of, `error_info.code` [doc] and `error_code` [doc], in upper case. */
export const CODES: Record<Exclude<Subject, 'unavailable'>, readonly string[]> = {
	keyRejected: ['UNAUTHORIZED', 'UNAUTHENTICATED', 'ACCESS_DENIED', 'MISSING_AUTHENTICATION'],
	badOrigin: ['BAD_ORIGIN'],
	missing: ['RESOURCE_NOT_FOUND', 'OBJECT_NOT_FOUND'],
	exists: ['ALREADY_EXISTS', 'UNIQUE'],
	busy: ['DUPLICATE_REQUEST'],
	setUp: ['GATEWAY_NOT_FOUND', 'ACCOUNT_NOT_FOUND', NOT_ENABLED],
	details: ['INVALID_ACCOUNT_DETAILS'],
	refused: ['INVALID_INPUT', 'MISSING_MANDATORY_PARAMETER', 'INVALID_ACTION', 'EXPIRED'],
};

const SUBJECT_OF = new Map(
	Object.entries(CODES).flatMap(([subject, codes]) =>
		codes.map((code): [string, Subject] => [code, subject as Subject]),
	),
);

/** Codes and categories of what lies behind Juspay, or in it: one such is NETWORK_ERROR_CODE [doc*]. */
const OUTAGE =
	/NETWORK|TIME_?D?_?OUT|UPSTREAM|UNAVAILABLE|UNREACHABLE|INTERNAL|SERVER|(?:GATEWAY|BANK|ISSUER|ACQUIRER|PSP|NPCI|PROCESSOR|PROCESSING|CONNECTION)_?(?:ERROR|EXCEPTION|FAIL|DOWN|LOST|RESET)/;

/** The same in words, for a refusal without a code of its own: only words that speak of nothing else. */
const OUTAGE_WORDS =
	/\btime[ -]?d?[ -]?out\b|\b(?:network|gateway|bank|upstream)\s+(?:error|failure|failed|is down|is unavailable|unavailable|did(?:n't| not) (?:respond|answer))/i;

/** Codes that say nothing but that something was refused. */
const GENERAL_CODE =
	/^(?:UNKNOWN(?:_ERROR)?|ERROR|INVALID_REQUEST(?:_ERROR)?|BAD_REQUEST|INVALID|FAILED|FAILURE|NA|\d+)$/;

const isCode = (text: string) => /^(?:[A-Za-z][\w.-]{1,60}|\d{1,8})$/.test(text);

/** A customer that isn't there, as a sibling says it with 400 [doc*]: nothing else may be said. */
const NO_CUSTOMER =
	/^(?:no such customer(?: account)?|(?:the |this )?customer(?: account)?(?: id)? (?:(?:is |was )?not found|(?:could not|cannot|can't) be found|does(?:n't| not) exist|isn't there))[.!]?$/i;

/** Words of which a sentence may consist without naming a cause. */
const GENERAL_WORDS = new Set(
	(
		'a|an|and|again|all|are|at|bad|be|been|can|cannot|check|could|couldn|data|end|error|errors' +
		'|exception|failed|failure|for|from|has|have|in|input|inputs|internal|invalid|is|it|later' +
		'|made|not|occurred|of|on|once|our|param|params|parameter|parameters|passed|please|process' +
		'|processed|processing|provided|request|requests|retry|s|server|side|some|something|sorry' +
		'|support|contact|t|the|there|this|to|try|unable|unauthorised|unauthorized|unknown|valid' +
		'|validation|value|values|was|we|went|were|while|with|wrong|you|your'
	).split('|'),
);

/** True for words that name no cause: "Invalid request params. Check your input." */
function isGeneral(words: string): boolean {
	// A code in the place of words.
	if (/^[A-Z0-9]+(?:_[A-Z0-9]+)*$/.test(words)) return true;
	return words
		.toLowerCase()
		.split(/[^a-z0-9]/)
		.every((word) => word === '' || GENERAL_WORDS.has(word));
}

/** The first that names a cause, else the first. */
function causeIn(candidates: readonly string[]): string {
	const said = candidates.filter((it) => it !== '');
	return said.find((it) => !isGeneral(it)) ?? said[0] ?? '';
}

/** Lists of allowed values: of gateways, it has thousands of characters. */
const ALLOWED_VALUES = /(?:should be )?(?:in |one of )?(?:from ?list )?\[\s*[("'\d].{80,}/is;

const withoutList = (words: string) => words.replace(ALLOWED_VALUES, '').trim();

function subjectOf(
	codes: readonly string[],
	category: string,
	message: string,
): Subject | undefined {
	const known = codes.map((code) => SUBJECT_OF.get(code)).filter((it) => it !== undefined);
	// Another request at work is a doubt, whatever else is said.
	if (known.includes('busy')) return 'busy';
	// "Invalid" inside may stand beside a code outside that names what it is.
	const first = known.find((it) => it !== 'refused') ?? known[0];
	const isOpen = first === undefined || first === 'refused' || first === 'exists';
	const isOutage = [...codes, category.toUpperCase()].some((it) => OUTAGE.test(it));
	if (isOpen && isOutage) return 'unavailable';
	if (first !== 'exists' && isOpen && NO_CUSTOMER.test(message)) return 'missing';
	if (first) return first;
	if (category.toUpperCase() === 'CONFIG_ERROR') return 'setUp';
	const isSpecific = codes.some((code) => !GENERAL_CODE.test(code));
	return !isSpecific && OUTAGE_WORDS.test(message) ? 'unavailable' : undefined;
}

function fieldsIn(info: Json): Refusal['fields'] {
	const fields = Array.isArray(info.fields) ? (info.fields as unknown[]) : [];
	return fields.slice(0, MOST_FIELDS).map((entry) => {
		const raw = objectIn(entry) ?? {};
		return { name: textUnder(raw, 'field_name'), reason: withoutList(textUnder(raw, 'reason')) };
	});
}

/**
 * Reads a refusal's body. Its keys stand outside, in `error_info`, or in both; `error_info` is an object [doc] or its
 * JSON text [doc*]; all of it may be in camelCase or in `response` [doc*]; every part may be missing.
 */
export function readRefusal(body: unknown): Refusal {
	const outer = refusalIn(body) ?? {};
	const info = infoIn(outer);
	const written = [textUnder(info, 'code'), textUnder(outer, 'error_code')];
	const codes = written.filter(isCode);
	// Prose in the place of a code says why.
	const prose = written.filter((it) => !isCode(it));
	const message = causeIn(
		[
			textUnder(info, 'developer_message'),
			textUnder(outer, 'error_message'),
			textUnder(outer, 'user_message'),
			textUnder(info, 'user_message'),
			...prose,
		].map(withoutList),
	);
	const category = textUnder(info, 'category');
	const upper = codes.map((it) => it.toUpperCase());
	const subject = subjectOf(upper, category, message);
	return {
		code: codes.find((it) => !GENERAL_CODE.test(it.toUpperCase())) ?? codes[0] ?? '',
		...(subject && { subject }),
		message,
		category,
		fields: fieldsIn(info),
		requestId: textUnder(info, 'request_id') || textUnder(outer, 'request_id'),
	};
}
