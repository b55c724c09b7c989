/** Checks of values that a user gave: each returns the value, normalised, or what is wrong with it. */
export * from './account';
export * from './customer';
export type { Checked, Problem } from './problem';
export { sentenceOf } from './problem';
export {
	checkHeaderText,
	checkId,
	checkLine,
	counted,
	isBlank,
	LONGEST_ID,
	LONGEST_NAME,
	textOf,
} from './text';
