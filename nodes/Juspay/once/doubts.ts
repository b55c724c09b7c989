import { identityOf, nearKey } from '../account/identity';
import type { Account } from '../account/types';
import { setNewest } from '../lists';

/** How long a request may still take effect after its answer was lost, in milliseconds. */
export const LATE_EFFECT_MS = 12_000;

/** How long what was accepted stays in doubt, in milliseconds. */
const ACCEPTED_MS = 24 * 60 * 60 * 1000;

/** More customers with creates in doubt than this are forgotten, the oldest first. */
const MOST_CUSTOMERS = 100_000;

/** A create whose outcome is not known. */
export interface Doubt {
	account: Account;
	routingId: string;
	/** In milliseconds since the epoch. */
	sentAt: number;
	/** When its answer was lost, in milliseconds since the epoch; Infinity while the request is under way. */
	lostAt: number;
	/** Juspay accepted it without showing an account: it may be done at any time. */
	isAccepted: boolean;
}

/** The creates whose outcome this process does not know, by customer as named, in any letter case. */
export class Doubts {
	private readonly ofCustomer = new Map<string, Doubt[]>();

	/** @param settleMs - how old something must be before its absence from lists shows that it isn't there, in milliseconds */
	constructor(private readonly settleMs: (routingId: string) => number) {}

	/** Notes that a create is handed over: until its outcome is known, it may take effect. */
	add(customerId: string, account: Account, routingId: string, now: number): Doubt {
		const doubt = { account, routingId, sentAt: now, lostAt: Infinity, isAccepted: false };
		const key = customerId.toLowerCase();
		setNewest(this.ofCustomer, key, [...this.kept(key), doubt], MOST_CUSTOMERS);
		return doubt;
	}

	/** Forgets a create whose outcome is known. */
	settle(customerId: string, doubt: Doubt): void {
		const key = customerId.toLowerCase();
		const left = this.kept(key).filter((other) => other !== doubt);
		if (left.length > 0) this.ofCustomer.set(key, left);
		else this.ofCustomer.delete(key);
	}

	/** Forgets every create of an account that is there: whichever made it, none needs to be sent again. */
	settleSame(customerId: string, account: Account, now: number): void {
		for (const doubt of this.about(customerId, account, now)) {
			if (identityOf(doubt.account) === identityOf(account)) this.settle(customerId, doubt);
		}
	}

	/** The customer's creates in doubt. */
	of(customerId: string, now: number): Doubt[] {
		for (const doubt of this.kept(customerId)) {
			// One whose answer was lost stands until lists settle it.
			if (doubt.isAccepted && now - doubt.sentAt >= ACCEPTED_MS) this.settle(customerId, doubt);
		}
		return this.kept(customerId);
	}

	private kept(customerId: string): Doubt[] {
		return this.ofCustomer.get(customerId.toLowerCase()) ?? [];
	}

	/** Those of them that may be about a wanted account. */
	about(customerId: string, wanted: Account, now: number): Doubt[] {
		return this.of(customerId, now).filter(({ account }) => nearKey(account) === nearKey(wanted));
	}

	/** From when on lists can settle all of these, in milliseconds since the epoch; 0 for none. */
	settleAt(doubts: readonly Doubt[], now: number): number {
		return doubts.reduce((latest, doubt) => Math.max(latest, this.settlesAt(doubt, now)), 0);
	}

	private settlesAt({ sentAt, lostAt, isAccepted, routingId }: Doubt, now: number): number {
		if (isAccepted) return sentAt + ACCEPTED_MS;
		// One that is under way may be lost at any moment.
		const lost = Math.min(lostAt, now);
		const settleMs = this.settleMs(routingId);
		// A slow one may have taken effect just before: then lists may be late from there on.
		const late = Math.max(LATE_EFFECT_MS, settleMs - LATE_EFFECT_MS);
		return Math.max(sentAt + settleMs, lost + late) + 1;
	}
}
