import type { Call } from '../../nodes/Juspay/wire/contract';
import { isRefusal, readRefusal } from '../../nodes/Juspay/wire/refusal';
import { meaningOf } from '../../nodes/Juspay/http/meaning';
import type { Answer } from '../../nodes/Juspay/http/transport';
import { shapeOf } from './shapes';

/** The body of an answer; undefined where there is no answer or no JSON. */
export function bodyOf(answer: Answer | undefined): unknown {
	return answer?.kind === 'answered' ? answer.body : undefined;
}

/** The status of an answer; 0 where there is none. */
export function statusOf(answer: Answer | undefined): number {
	return answer?.kind === 'answered' ? answer.status : 0;
}

/** True for a success that is no refusal in disguise. */
export function isSuccess(answer: Answer): boolean {
	return (
		answer.kind === 'answered' &&
		answer.status >= 200 &&
		answer.status < 300 &&
		!isRefusal(answer.body)
	);
}

/** An answer in a few words: its status, and Juspay's code where it is one. */
export function inBrief(answer: Answer | undefined): string {
	if (answer?.kind !== 'answered') return `no answer (${answer?.kind ?? 'not asked'})`;
	const { code } = readRefusal(answer.body);
	return /^[A-Z][A-Z_]{2,60}$/.test(code) ? `${answer.status} ${code}` : String(answer.status);
}

/** What the node takes an answer for that isn't a success. */
export function kindOf(call: Call, answer: Answer): string {
	return meaningOf(call, answer).kind;
}

/** An answer in full, with formats in the place of values. */
export function inFull(answer: Answer): string {
	if (answer.kind !== 'answered') return inBrief(answer);
	const type = String(answer.headers['content-type'] ?? 'no content type').split(';')[0];
	return `${answer.status} ${type} ${shapeOf(answer.body)}`;
}
