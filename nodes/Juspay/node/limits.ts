/** Bounds of the numbers that a user can set: each field shows them, and what is beyond them is refused. */
export const LIMITS = {
	accountsPerRequest: { default: 50, min: 1, max: 500 },
	/** Requests. */
	concurrency: { default: 50, min: 1, max: 100 },
	limit: { default: 50, min: 1, max: Infinity },
	maxRetries: { default: 3, min: 0, max: 10 },
	maxValidations: { default: 100, min: 0, max: Infinity },
	/** Seconds. */
	timeout: { default: 30, min: 1, max: 600, fractions: true },
	/** Seconds. */
	waitForValidation: { default: 60, min: 0, max: 3600, fractions: true },
} as const;

/** A number that has bounds. */
export type Limit = keyof typeof LIMITS;

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
