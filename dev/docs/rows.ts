/** A message as docs/messages.md shows it. */
export interface Row {
	message: string;
	/** `errorCode` of a failed item; empty where there is none. */
	code: string;
	todo: string;
}

/** The messages that a user meets in one place. */
export interface Group {
	title: string;
	/** A paragraph before the table. */
	about: string;
	rows: Row[];
}

/** Values that the code is called with, and what the page shows for each. */
export const SAMPLES = {
	customer: 'cst_sample',
	account: 'banh_sample',
	host: 'sandbox.juspay.in',
	words: 'Their words',
	code: 'THEIR_CODE',
} as const;

const PLACEHOLDERS: Array<[sample: RegExp, placeholder: string]> = [
	[new RegExp(SAMPLES.customer, 'g'), '<customer>'],
	[new RegExp(SAMPLES.account, 'g'), '<account>'],
	[new RegExp(SAMPLES.host, 'g'), '<host>'],
	[new RegExp(SAMPLES.words, 'g'), "<Juspay's words>"],
	[new RegExp(SAMPLES.code, 'g'), '<code>'],
	[/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>'],
];

/** A row, with placeholders for the samples that the code was called with. */
export function row(message: string, code: string, todo: string): Row {
	return { message: general(message), code, todo: general(todo) };
}

function general(text: string): string {
	return PLACEHOLDERS.reduce((all, [sample, name]) => all.replace(sample, name), text);
}

/** A row of a failure. */
export function rowOf(failure: { message: string; code: string; description: string }): Row {
	return row(failure.message, failure.code, failure.description);
}

/** Without rows that say the same. */
export function distinct(rows: readonly Row[]): Row[] {
	return [...new Map(rows.map((it) => [JSON.stringify(it), it])).values()];
}
