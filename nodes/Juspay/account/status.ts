/** The node's outputs by status. */
export const STATUS_OUTPUTS = ['Active', 'Pending', 'Failure'] as const;

/** What the node knows about a validation status. */
interface StatusInfo {
	/** In the editor. */
	name: string;
	description: string;
	output: (typeof STATUS_OUTPUTS)[number];
	/** In counts after a run: "2 active". */
	word: string;
	/** Whether a validation ends with it. */
	isFinal: boolean;
	/** Whether a penny drop may be sent: none is in progress, and none has succeeded. */
	mayBeValidated: boolean;
	/** Whether an account with it stands in the way of one with nearly the same details: a failed one may be a typo. */
	blocksNear: boolean;
	/** Of several accounts that are the same, the lowest is taken: what a merchant would pay to. */
	rank: number;
	/** What the trigger offers under Trigger On. */
	event: { name: string; description: string };
}

/** The validation statuses that Juspay documents, in the order of the editor. Everything that lists them derives from here. */
export const STATUSES = {
	ACTIVE: {
		name: 'Active',
		description: 'Validated',
		output: 'Active',
		word: 'active',
		isFinal: true,
		mayBeValidated: false,
		blocksNear: true,
		rank: 0,
		event: { name: 'Account Active', description: 'The bank account or UPI ID was validated' },
	},
	CREATED: {
		name: 'Created',
		description: 'Added, not validated yet',
		output: 'Pending',
		word: 'not validated yet',
		isFinal: false,
		mayBeValidated: true,
		blocksNear: true,
		rank: 2,
		event: {
			name: 'Account Created',
			description: 'The account was added and is not validated yet',
		},
	},
	FAILURE: {
		name: 'Failure',
		description: 'Validation failed',
		output: 'Failure',
		word: 'failed',
		isFinal: true,
		mayBeValidated: true,
		blocksNear: false,
		rank: 3,
		event: { name: 'Validation Failed', description: 'The validation of the account failed' },
	},
	PENDING: {
		name: 'Pending',
		description: 'Penny drop in progress',
		output: 'Pending',
		word: 'pending',
		isFinal: false,
		mayBeValidated: false,
		blocksNear: true,
		rank: 1,
		event: { name: 'Validation Pending', description: 'The penny drop is in progress' },
	},
} as const satisfies Record<string, StatusInfo>;

/** A status that Juspay documents. */
export type KnownStatus = keyof typeof STATUSES;

/** Status of a validation, in upper case. Juspay may add statuses. */
export type ValidationStatus = KnownStatus | (string & {});

/** The statuses that Juspay documents, in the order of the editor. */
export const KNOWN_STATUSES = Object.keys(STATUSES) as KnownStatus[];

/** The statuses as choices in the editor. */
export const STATUS_CHOICES = KNOWN_STATUSES.map((value) => {
	const { name, description } = STATUSES[value];
	return { name, value, description };
});

/** The trigger's events: the statuses that an account may reach, as workflows save them. */
export const EVENTS = KNOWN_STATUSES.map((status) => ({
	status,
	value: status.toLowerCase() as Lowercase<KnownStatus>,
	...STATUSES[status].event,
}));

/** True for a status that Juspay documents. */
export function isKnownStatus(status: string): status is KnownStatus {
	return Object.hasOwn(STATUSES, status);
}

/** True for a status that a validation ends with. */
export function isFinal(status: string): boolean {
	return isKnownStatus(status) && STATUSES[status].isFinal;
}

/** True for a status in which no validation is in progress and none has succeeded; none at all is one. */
export function mayBeValidated(status: string): boolean {
	return status === '' || (isKnownStatus(status) && STATUSES[status].mayBeValidated);
}

/** True for a status, also one that Juspay doesn't document, that stands in the way of nearly the same account. */
export function blocksNear(status: string): boolean {
	return !isKnownStatus(status) || STATUSES[status].blocksNear;
}

/** The place of a status among those of the same account: the lowest is taken. One that isn't documented comes last. */
export function rankOf(status: string): number {
	return isKnownStatus(status) ? STATUSES[status].rank : KNOWN_STATUSES.length - 1;
}

/** Index in {@link STATUS_OUTPUTS} for an account's status. One that Juspay doesn't document isn't final: Pending. */
export function outputOf(status: string): number {
	return STATUS_OUTPUTS.indexOf(isKnownStatus(status) ? STATUSES[status].output : 'Pending');
}
