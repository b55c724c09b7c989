/* eslint-disable @n8n/community-nodes/no-restricted-globals -- n8n's sleep can't be cut short, and close() must free every held socket at once */

/** One wait that can end early. */
export interface Wait {
	/** True when the time has passed, false when it was cut short. */
	readonly over: Promise<boolean>;
	cutShort(): void;
}

/** All waits under way, so that closing or resetting leaves none behind. */
export class Waits {
	private readonly running = new Set<Wait>();

	/** @param ms undefined: until it is cut short */
	start(ms: number | undefined): Wait {
		let finish: (passed: boolean) => void = () => {};
		const over = new Promise<boolean>((resolve) => (finish = resolve));
		const end = (passed: boolean) => {
			clearTimeout(timer);
			this.running.delete(wait);
			finish(passed);
		};
		const wait: Wait = { over, cutShort: () => end(false) };
		const timer = ms === undefined ? undefined : setTimeout(() => end(true), ms);
		this.running.add(wait);
		return wait;
	}

	cutAllShort(): void {
		for (const wait of [...this.running]) wait.cutShort();
	}
}
