/** More customers than this are forgotten, the oldest first. */
const MOST_UNSEEN = 10_000;

/**
 * Whether an empty list shows that a customer has no accounts. Nobody knows what Juspay lists, so the first create
 * that rests on an empty list is followed by a look; the others wait for what it shows.
 */
export class EmptyLists {
	private verdict: 'unknown' | 'shown' | 'hidden' = 'unknown';

	/** The first create is under way. */
	private trial?: Promise<void>;

	private endTrial = () => {};

	/** IDs that were created, and that no list showed. */
	private unlisted = new Set<string>();

	/** Customers for whom accounts were created that nobody has looked for yet. */
	private readonly unseen = new Set<string>();

	/** Whether an empty list is known to show that there are no accounts. */
	get isTrusted(): boolean {
		return this.verdict === 'shown';
	}

	/**
	 * Asks whether a create may rest on a customer's empty list.
	 *
	 * @param stopped - resolves when the workflow is stopped: ends the wait for the first create
	 * @returns `trial`: it is the first, and must look afterwards and call {@link conclude}
	 */
	async admit(
		customerId: string,
		stopped: Promise<'stopped'>,
	): Promise<'trial' | 'trusted' | 'refused'> {
		while (this.trial) {
			if ((await Promise.race([this.trial, stopped])) === 'stopped') return 'refused';
		}
		if (this.verdict !== 'unknown') return this.isTrusted ? 'trusted' : 'refused';
		if (this.unseen.has(customerId)) return 'refused';
		this.trial = new Promise((resolve) => (this.endTrial = resolve));
		return 'trial';
	}

	/**
	 * Ends the first create.
	 *
	 * @param isShown - whether the list shows the new accounts; undefined where nobody knows
	 * @param ids - the new accounts, as far as they are known
	 */
	conclude(isShown: boolean | undefined, ids: Iterable<string> = []): void {
		if (isShown) this.trust();
		else if (isShown === false) {
			this.verdict = 'hidden';
			this.unlisted = new Set(ids);
		}
		this.trial = undefined;
		this.endTrial();
	}

	/** A list showed an account that was created a moment ago. */
	trust(): void {
		this.verdict = 'shown';
		this.unseen.clear();
	}

	/** Remembers a customer for whom accounts were created: an empty list would show that it is worth nothing. */
	noteUnseen(customerId: string): void {
		if (this.isTrusted) return;
		this.unseen.add(customerId);
		const [oldest] = this.unseen;
		if (this.unseen.size > MOST_UNSEEN && oldest !== undefined) this.unseen.delete(oldest);
	}

	/** Takes a verdict back when a list shows after all what it didn't show before. */
	observe(ids: Iterable<string>): void {
		for (const id of ids) if (this.unlisted.has(id)) this.trust();
	}
}
