import { z } from 'zod';
import { dialectsOf } from './dialects';
import { CALLS, type AccountDetails, type Fault, type SimulatorSettings } from './types';

/** setTimeout takes no more, and would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

const must = (expected: string) => ({ errorMap: () => ({ message: `must be ${expected}` }) });
const oneOf = (names: readonly string[]): z.ZodErrorMap => {
	return (_issue, { data }) => ({ message: `must be one of ${names.join(', ')}, not ${data}` });
};

const text = z.string(must('a text')).min(1);
const flag = z.boolean(must('true or false'));
const milliseconds = z.number(must('a number of milliseconds')).min(0).max(LONGEST_MS);
const count = z.number(must('a whole number from 1')).int().min(1);
const wholeNumber = z.number(must('a whole number from 0')).int().min(0);
const SHAPES = ['array', 'list', 'auto'] as const;

/** Throws by itself: it says which name is unknown and which there are, or which two contradict each other. */
const dialect = z.custom<SimulatorSettings['dialect']>((value) => dialectsOf(value));

const SETTINGS = z
	.object({
		apiKey: text,
		merchantId: text,
		latencyMs: milliseconds,
		validationMs: milliseconds,
		pageSize: count,
		listDelayMs: milliseconds,
		listForbidden: flag,
		listHidesCreated: flag,
		validateStaysCreated: flag,
		requestsPerSecond: z.number(must('a whole number from 1 to 1,000,000')).int().min(1).max(1e6),
		retryAfter: text,
		maxAccountsPerRequest: count,
		dialect,
		answerShape: z.enum(SHAPES, { errorMap: oneOf(SHAPES) }),
		nestBankDetails: flag,
		bankCodeInside: flag,
		anyCustomer: flag,
		verifyNotEnabled: flag,
		keepRequests: wholeNumber,
	} satisfies Record<keyof SimulatorSettings, z.ZodTypeAny>)
	.strict()
	.partial();

const SCOPE = {
	call: z.preprocess(
		(call) => (call === undefined ? call : [call].flat()),
		z.array(z.enum(CALLS, { errorMap: oneOf(CALLS) })).optional(),
	),
	method: text.optional(),
	share: z.number(must('a number from 0 to 1')).min(0).max(1).optional(),
	times: wholeNumber.optional(),
	skip: wholeNumber.optional(),
};

function fault<K extends Fault['kind'], S extends z.ZodRawShape>(
	kinds: readonly [K, ...K[]],
	shape: S,
) {
	return z.object({ kind: z.enum(kinds), ...SCOPE, ...shape }).strict();
}

/** In groups: what has the same fields. */
const STATUS_KINDS = ['status', 'statusAfter'] as const;
const HANGING_KINDS = ['hang', 'hangAfter'] as const;
const DELAYING_KINDS = ['lateEffect', 'dropLate', 'delay'] as const;
const PLAIN_KINDS = [
	...(['html', 'htmlAfter', 'dropBefore', 'dropAfter'] as const),
	...(['brokenJson', 'emptyBody', 'half', 'reordered'] as const),
] as const;
const KINDS = [...STATUS_KINDS, ...HANGING_KINDS, ...DELAYING_KINDS, ...PLAIN_KINDS];

const FAULT = z.discriminatedUnion(
	'kind',
	[
		fault(STATUS_KINDS, {
			status: z.number(must('a whole number from 200 to 599')).int().min(200).max(599),
			body: z.unknown(),
			retryAfter: text.optional(),
			retryAfterDate: wholeNumber.optional(),
			contentType: text.optional(),
		}),
		fault(HANGING_KINDS, { forMs: milliseconds.optional() }),
		fault(DELAYING_KINDS, { forMs: milliseconds }),
		fault(PLAIN_KINDS, {}),
	],
	{
		errorMap: (issue, { data }) =>
			issue.code === 'invalid_union_discriminator'
				? oneOf(KINDS)(issue, { data: data.kind, defaultError: '' })
				: { message: 'must be an object' },
	},
);

/** The bodies that the control over HTTP takes. */
export const BODIES = {
	object: z.object({}, must('a JSON object')).passthrough(),
	faults: z.array(z.unknown(), must('a JSON array')),
	customers: z.array(text, must('a JSON array of customer IDs')),
	account: z.object({ customerId: text, account: z.unknown(), status: text.optional() }),
	status: z.object({ accountId: text, status: text }),
	last: z.coerce.number(must('a whole number from 1')).int().min(1),
};

const UPI = z.object({ vpa: text });
const BANK = z.object({
	accountNumber: text,
	ifsc: text,
	beneficiaryName: text.optional(),
	bankCode: text.optional(),
});

/**
 * Reads a value from outside.
 *
 * @param what - what it is, for the message
 * @throws TypeError with the first thing that is wrong with it
 */
export function read<S extends z.ZodTypeAny>(schema: S, value: unknown, what: string): z.infer<S> {
	const { success, data, error } = schema.safeParse(value);
	if (success) return data;
	const [issue] = error.issues;
	if (issue?.code === 'unrecognized_keys') {
		throw new TypeError(`${what}: there is no ${issue.keys.join(', ')}`);
	}
	throw new TypeError(`${what}: ${issue?.path.join('.') || 'it'} ${issue?.message}`);
}

/** @throws TypeError if it is not a fault: a typo in a test must not make it pass */
export function checkFault(value: unknown): asserts value is Fault {
	read(FAULT, value, 'Not a fault');
}

/** @throws TypeError on a name that is not a setting, or a value that can't be one */
export function checkSettings(value: Record<string, unknown>): void {
	read(SETTINGS, value, 'Not a setting');
}

/** @throws TypeError where something is missing or is not a text */
export function readAccount(value: unknown): AccountDetails {
	const isUpi = typeof value === 'object' && value !== null && 'vpa' in value;
	return read(isUpi ? UPI : BANK, value ?? {}, 'Not an account');
}
