import { BadInput, orBadInput } from '../../nodes/Juspay/account/check';

/** What came of reading a value: the value, or what is wrong with it. */
type Checked<T> = { value: T } | { problem: BadInput };

/** Reads a value; whatever is thrown but bad input fails the test. */
export function checked<T>(read: () => T): Checked<T> {
	const ended = orBadInput(read);
	return ended instanceof BadInput ? { problem: ended } : { value: ended };
}
