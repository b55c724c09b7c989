/** Bounds of the numbers that a user can set: each field shows them, and each value read is kept within them. */
export const LIMITS = {
	accountsPerRequest: { default: 50, min: 1, max: 500 },
	/** Requests. */
	concurrency: { default: 50, min: 1, max: 100 },
	limit: { default: 50, min: 1, max: Infinity },
	maxRetries: { default: 3, min: 0, max: 10 },
	maxValidations: { default: 100, min: 0, max: Infinity },
	/** Seconds. */
	timeout: { default: 30, min: 1, max: 600 },
	/** Seconds. */
	waitForValidation: { default: 60, min: 0, max: 3600 },
} as const;

type Limit = keyof typeof LIMITS;

/** What a number field needs of its limits. */
export function numberField(limit: Limit): {
	type: 'number';
	default: number;
	typeOptions: { minValue: number; maxValue?: number };
} {
	const { min, max, default: value } = LIMITS[limit];
	return {
		type: 'number',
		default: value,
		typeOptions: { minValue: min, ...(Number.isFinite(max) && { maxValue: max }) },
	};
}

/** A number that a user gave, within its limits; the default where there is none. */
export function numberWithin(limit: Limit, value: unknown): number {
	const { min, max, default: fallback } = LIMITS[limit];
	const number = value === undefined || value === null || value === '' ? NaN : Number(value);
	return Number.isFinite(number) ? Math.min(max, Math.max(min, number)) : fallback;
}
