/** What is wrong with a value that a user gave, and what to do about it. Never contains the value itself. */
export interface Problem {
	/** The field's name as the user sees it, e.g. "IFSC"; empty for a whole row. */
	field: string;
	/** What is wrong, to be read after the field's name: "has 10 characters instead of 11". */
	wrong: string;
	/** Where `wrong` is a sentence of its own, which doesn't go on after the field's name. */
	isWhole?: true;
	/** A whole sentence that says what to do. */
	fix: string;
}

/** A checked value, or what is wrong with it. */
export type Checked<T> = { value: T } | { problem: Problem };

/** What is wrong, as a message says it. */
export function sentenceOf({ field, wrong, isWhole }: Problem): string {
	return field && !isWhole ? `'${field}' ${wrong}` : wrong;
}

/** A problem, for a check to return. */
export function wrong(field: string, what: string, fix: string): { problem: Problem } {
	return { problem: { field, wrong: what, fix } };
}
