const known = new WeakMap<AbortSignal, Stopping>();

/**
 * The stop of one execution. However many requests and pauses wait for it, n8n's signal has one listener: an execution
 * may make thousands of requests, and Node warns from the eleventh listener on.
 */
export class Stopping {
	private readonly waiting = new Set<() => void>();

	/** @param signal - aborted when the workflow is stopped; undefined: it never is */
	static of(signal: AbortSignal | undefined): Stopping {
		if (!signal) return new Stopping();
		const stopping = known.get(signal) ?? new Stopping(signal);
		known.set(signal, stopping);
		return stopping;
	}

	private constructor(private readonly signal?: AbortSignal) {
		signal?.addEventListener('abort', () => {
			for (const end of this.waiting) end();
			this.waiting.clear();
		});
	}

	/** True once the workflow was stopped. */
	get isStopped(): boolean {
		return this.signal?.aborted ?? false;
	}

	/**
	 * Calls back once when the workflow is stopped; at once, if it was stopped before.
	 *
	 * @returns stops listening
	 */
	onStop(end: () => void): () => void {
		if (this.isStopped) end();
		else this.waiting.add(end);
		return () => void this.waiting.delete(end);
	}
}
