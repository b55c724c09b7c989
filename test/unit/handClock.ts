import type { Clock } from '../../nodes/Juspay/http/clock';

/** Lets everything run that waits for no clock. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}

/** Something to wait for that comes when told to, such as an answer. */
export function gate(): { open(): Promise<void>; passed: Promise<void> } {
	let pass: () => void = () => {};
	const passed = new Promise<void>((resolve) => (pass = resolve));
	return {
		passed,
		open: async () => {
			pass();
			await settle();
			await settle();
		},
	};
}

/** A clock that moves when told to. */
export class HandClock implements Clock {
	private time = Date.parse('2026-01-01T00:00:00Z');

	private waiting: Array<{ at: number; wake: () => void }> = [];

	now(): number {
		return this.time;
	}

	async pause(ms: number): Promise<void> {
		await new Promise<void>((wake) => this.waiting.push({ at: this.time + ms, wake }));
	}

	/** Moves to where the next one wakes. */
	async moveToNext(): Promise<void> {
		await this.moveOn(Math.min(...this.waiting.map(({ at }) => at)) - this.time);
	}

	/** Moves on, and lets run what is due. */
	async moveOn(ms: number): Promise<void> {
		this.time += ms;
		const due = this.waiting.filter(({ at }) => at <= this.time);
		this.waiting = this.waiting.filter(({ at }) => at > this.time);
		for (const { wake } of due) wake();
		await settle();
	}
}

/** A clock that jumps instead of waiting, and remembers how long it was asked to wait. */
export class JumpingClock implements Clock {
	readonly pauses: number[] = [];

	private time = Date.parse('2026-01-01T00:00:00Z');

	now(): number {
		return this.time;
	}

	async pause(ms: number): Promise<void> {
		this.pauses.push(ms);
		this.pass(ms);
	}

	/** Lets time pass for which nobody waits. */
	pass(ms: number): void {
		this.time += ms;
	}
}
