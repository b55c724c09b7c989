import type { LoggedRequest } from './types';

/** The last so many requests; older ones are forgotten, so that a bench doesn't fill the memory. */
export class RequestLog {
	private entries: LoggedRequest[] = [];

	private next = 0;

	constructor(private keep: number) {}

	add(entry: LoggedRequest): void {
		if (this.keep === 0) return;
		this.entries[this.next] = entry;
		this.next = (this.next + 1) % this.keep;
	}

	/** Oldest first. */
	all(): LoggedRequest[] {
		return this.entries.length < this.keep
			? [...this.entries]
			: [...this.entries.slice(this.next), ...this.entries.slice(0, this.next)];
	}

	/** Keeps the newest that still fit. */
	resize(keep: number): void {
		const kept = keep === 0 ? [] : this.all().slice(-keep);
		this.keep = keep;
		this.entries = kept;
		this.next = keep === 0 ? 0 : kept.length % keep;
	}

	clear(): void {
		this.entries = [];
		this.next = 0;
	}
}
