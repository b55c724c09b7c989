import type { CustomerAccount } from '../account/types';
import { isFinal } from '../account/status';
import type { CustomerLock } from './customerLocks';

/** What an account shows of its validation. */
type Shown = Pick<CustomerAccount, 'status' | 'lastValidated'>;

/** A validation that was sent. */
export interface SentValidation {
	/** Milliseconds since the epoch. */
	sentAt: number;
	/** The lock of the execution that sent it. */
	lock: CustomerLock;
	/** What the account showed before. */
	before: Shown;
	/** What it showed last while the validation was known not to have ended. */
	latest: Shown;
	/** Whether Juspay said that it has started. */
	confirmed: boolean;
	/** Whether it is known to have ended. */
	ended: boolean;
}

const REMEMBERED_MS = 24 * 60 * 60 * 1000;

/** About 20 MB. */
const MOST_REMEMBERED = 100_000;

/** By the customer as the workflow names it: an ID alone may not be unique on every stand-in for Juspay. */
const keyOf = (customerId: string, id: string) => JSON.stringify([customerId, id]);

/**
 * The validations that this process has sent in the last 24 hours: each moves money, so none is sent again while its
 * account shows nothing new.
 */
export class SentValidations {
	private readonly sent = new Map<string, SentValidation>();

	/** The last validation sent for an account, if it is remembered. */
	of(customerId: string, id: string, now: number): SentValidation | undefined {
		const key = keyOf(customerId, id);
		const sent = this.sent.get(key);
		if (sent && now - sent.sentAt < REMEMBERED_MS) return sent;
		this.sent.delete(key);
		return undefined;
	}

	/** Whether an account shows that its last validation has ended, so that another one may be sent. */
	allowsAnother(sent: SentValidation, { status, lastValidated }: CustomerAccount): boolean {
		if (!sent.ended) return false;
		if (hasMoved({ status, lastValidated }, sent.before)) return true;
		// A list that lags behind shows the account as it was before; only FAILURE may come back by itself.
		return status === 'FAILURE' && lastValidated === '';
	}

	/** Remembers that a validation is sent now. */
	remember(customerId: string, account: CustomerAccount, lock: CustomerLock, now: number): void {
		const { id, status, lastValidated } = account;
		const key = keyOf(customerId, id);
		// Anew at the end: a Map keeps its order, so the oldest go first.
		this.sent.delete(key);
		const before = { status, lastValidated };
		this.sent.set(key, {
			sentAt: now,
			lock,
			before,
			latest: before,
			confirmed: false,
			ended: false,
		});
		for (const oldest of this.sent.keys()) {
			if (this.sent.size <= MOST_REMEMBERED) break;
			this.sent.delete(oldest);
		}
	}

	/** Forgets a validation that is known not to have been started. */
	forget(customerId: string, id: string): void {
		this.sent.delete(keyOf(customerId, id));
	}

	/** Takes in Juspay's answer to the validation itself: it has started, and may have ended. */
	confirm(customerId: string, { id, status, lastValidated }: CustomerAccount): void {
		const sent = this.sent.get(keyOf(customerId, id));
		if (!sent) return;
		sent.confirmed = true;
		// The status of before says nothing of this validation.
		if (!hasMoved({ status, lastValidated }, sent.before)) return;
		if (isFinal(status)) sent.ended = true;
		else sent.latest = { status, lastValidated };
	}

	/** Takes in what Juspay shows of an account later on. */
	observe(customerId: string, account: CustomerAccount): void {
		const sent = this.sent.get(keyOf(customerId, account.id));
		if (!sent || !isFinal(account.status) || !hasMoved(account, sent.latest)) return;
		// A list may lag behind and show once more how the validation before this one ended.
		const isOld = account.lastValidated !== '' && !hasMoved(account, sent.before);
		if (!isOld) sent.ended = true;
	}
}

/** Whether an account shows something new. What an answer leaves out shows nothing. */
export function hasMoved({ status, lastValidated }: Shown, before: Shown): boolean {
	if (status === '') return false;
	return (
		status !== before.status || (lastValidated !== '' && lastValidated !== before.lastValidated)
	);
}
