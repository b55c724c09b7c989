import { isFinal } from '../account/status';
import type { CustomerAccount } from '../account/types';
import { setNewest } from '../lists';
import { LATE_EFFECT_MS } from './doubts';
import type { Turn } from './turns';

/** How long a validation is remembered, in milliseconds: nobody knows how late one takes effect. */
export const VALIDATION_KEPT_MS = 24 * 60 * 60 * 1000;

/** More validations than this are forgotten, the oldest first. */
const MOST_KEPT = 100_000;

/** What an account shows of its validation. */
type Shown = Pick<CustomerAccount, 'status' | 'lastValidated'>;

/** A validation that was sent. */
export interface SentValidation {
	/** Milliseconds since the epoch. */
	sentAt: number;
	/** The turn of the execution that sent it. */
	turn: Turn;
	/** What the account showed before. */
	before: Shown;
	/** What it showed last while the validation was known not to have ended. */
	latest: Shown;
	/** Whether Juspay said that it has started. */
	isConfirmed: boolean;
	/** Whether it is known to have ended. */
	hasEnded: boolean;
	/** The date that the account showed when it had ended; empty where it showed none. */
	endedWith: string;
}

/** The last validation of each account that this process sent, by account ID, whatever its customer is called. */
export class Validations {
	private readonly sent = new Map<string, SentValidation>();

	/** When this process first met one that another process has sent, in milliseconds since the epoch. */
	private readonly foreign = new Map<string, number>();

	/** Whether one of an account is remembered. */
	has(id: string): boolean {
		return this.sent.has(id);
	}

	/** The last one of an account, if it is remembered. */
	of(id: string, now: number): SentValidation | undefined {
		const sent = this.sent.get(id);
		if (sent && now - sent.sentAt < VALIDATION_KEPT_MS) return sent;
		this.sent.delete(id);
		return undefined;
	}

	/** Notes that one is handed over. */
	add({ id, status, lastValidated }: CustomerAccount, turn: Turn, now: number): void {
		const before = { status, lastValidated };
		const about = { sentAt: now, turn, before, latest: before };
		const sent = { ...about, isConfirmed: false, hasEnded: false, endedWith: '' };
		setNewest(this.sent, id, sent, MOST_KEPT);
	}

	/** Puts an earlier one back in the place of one that had no effect; undefined: there was none. */
	restore(id: string, earlier: SentValidation | undefined): void {
		if (earlier) setNewest(this.sent, id, earlier, MOST_KEPT);
		else this.sent.delete(id);
	}

	/**
	 * When this process first met one that another process has sent, in milliseconds since the epoch. n8n's table is asked
	 * about one for 48 hours at most.
	 *
	 * @param what - what is recorded of it
	 */
	metForeign(what: string, now: number): number {
		const before = this.foreign.get(what) ?? -Infinity;
		if (now - before < 2 * VALIDATION_KEPT_MS) return before;
		setNewest(this.foreign, what, now, MOST_KEPT);
		return now;
	}

	/** Takes in Juspay's answer to the validation itself: it has started, and may have ended. */
	confirm({ id, status, lastValidated }: CustomerAccount): void {
		const sent = this.sent.get(id);
		if (!sent) return;
		sent.isConfirmed = true;
		// The status of before says nothing of this validation.
		if (!hasMoved({ status, lastValidated }, sent.before)) return;
		if (isFinal(status)) end(sent, lastValidated);
		else sent.latest = { status, lastValidated };
	}

	/**
	 * Takes in what Juspay shows of an account later on.
	 *
	 * @returns whether that is another validation than the one that this process sent
	 */
	observe(account: CustomerAccount, now: number): boolean {
		const sent = this.sent.get(account.id);
		if (!sent || !isFinal(account.status)) return false;
		const { lastValidated } = account;
		if (sent.hasEnded) {
			const isAnother = isLater(lastValidated, sent.endedWith);
			if (isAnother) sent.endedWith = lastValidated;
			return isAnother;
		}
		if (!hasMoved(account, sent.latest)) return false;
		// A list, and for a moment Get, may lag behind and show once more how the validation before this one ended.
		const mayBeLate = lastValidated !== '' || now - sent.sentAt < LATE_EFFECT_MS;
		const isOld = mayBeLate && !hasMoved(account, sent.before);
		if (!isOld) end(sent, lastValidated);
		return false;
	}
}

/** Whether an account shows that its last validation has ended, so that another one may be sent. */
export function allowsAnother(
	{ hasEnded, before }: SentValidation,
	{ status, lastValidated }: Shown,
): boolean {
	if (!hasEnded) return false;
	// Back at CREATED after an end: Juspay's status has gone back, and nothing has happened since.
	if (status === 'CREATED') return false;
	if (hasMoved({ status, lastValidated }, before)) return true;
	// A list that lags behind shows the account as it was before; only FAILURE may come back by itself.
	return status === 'FAILURE' && lastValidated === '';
}

function end(sent: SentValidation, lastValidated: string): void {
	sent.hasEnded = true;
	sent.endedWith = lastValidated;
}

/** Whether one date of Juspay's is later than another by more than its clocks may differ. */
function isLater(date: string, than: string): boolean {
	return Date.parse(date) - Date.parse(than) > 1000;
}

/** Whether two dates are the same: a list may write one in full seconds, and Get with a fraction. */
function isSameDate(one: string, other: string): boolean {
	return one === other || Math.abs(Date.parse(one) - Date.parse(other)) <= 1000;
}

/** Whether an account shows something new. What an answer leaves out shows nothing. */
export function hasMoved({ status, lastValidated }: Shown, before: Shown): boolean {
	// A list that lags behind may show how a validation before the last one ended.
	if (status === '' || isLater(before.lastValidated, lastValidated)) return false;
	const isDated = lastValidated !== '';
	return status !== before.status || (isDated && !isSameDate(lastValidated, before.lastValidated));
}
