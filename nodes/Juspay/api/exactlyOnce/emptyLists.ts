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

	/**
	 * Asks whether a create may rest on an empty list.
	 *
	 * @param stopped - resolves when the workflow is stopped: ends the wait for the first create
	 * @returns `trial`: it is the first, and must look afterwards and call {@link conclude}
	 */
	async admit(stopped: Promise<'stopped'>): Promise<'trial' | 'trusted' | 'refused'> {
		while (this.trial) {
			if ((await Promise.race([this.trial, stopped])) === 'stopped') return 'refused';
		}
		if (this.verdict !== 'unknown') return this.verdict === 'shown' ? 'trusted' : 'refused';
		this.trial = new Promise((resolve) => (this.endTrial = resolve));
		return 'trial';
	}

	/**
	 * Ends the first create.
	 *
	 * @param isShown - whether the list shows the new accounts; undefined where none were created
	 * @param ids - the new accounts, as far as they are known
	 */
	conclude(isShown: boolean | undefined, ids: Iterable<string> = []): void {
		if (isShown !== undefined) this.verdict = isShown ? 'shown' : 'hidden';
		if (isShown === false) this.unlisted = new Set(ids);
		this.trial = undefined;
		this.endTrial();
	}

	/** Takes a verdict back when a list shows after all what it didn't show before. */
	observe(ids: Iterable<string>): void {
		if (this.verdict !== 'hidden') return;
		for (const id of ids) if (this.unlisted.has(id)) this.verdict = 'shown';
	}
}
