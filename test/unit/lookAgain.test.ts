import type { JuspayClient } from '../../nodes/Juspay/http/client';
import { lookUntilSettled, LATE_EFFECT_MS } from '../../nodes/Juspay/once/lookAgain';
import { JumpingClock } from './handClock';

/** Looks that show something only at the given one, or never; `stopsAt`: the workflow is stopped in that pause. */
async function play({
	showsAt = Infinity,
	stopsAt = Infinity,
	...options
}: {
	showsAt?: number;
	stopsAt?: number;
	immediately?: boolean;
	timeoutMs?: number;
}) {
	const clock = new JumpingClock();
	const client = {
		clock,
		get stopped() {
			return clock.pauses.length >= stopsAt;
		},
	} as unknown as JuspayClient;
	let looks = 0;
	const seen = await lookUntilSettled(
		client,
		async () => (++looks >= showsAt ? 'seen' : undefined),
		options,
	);
	return { seen, looks, pauses: clock.pauses };
}

describe('looking until an outcome is settled', () => {
	it.each<[string, Parameters<typeof play>[0], Awaited<ReturnType<typeof play>>]>([
		['looks three times', {}, { seen: undefined, looks: 3, pauses: [2000, 4000, 6000] }],
		['ends with what it sees', { showsAt: 2 }, { seen: 'seen', looks: 2, pauses: [2000, 4000] }],
		[
			'looks without a pause first',
			{ immediately: true },
			{ seen: undefined, looks: 4, pauses: [2000, 4000, 6000] },
		],
		['sees at once', { immediately: true, showsAt: 1 }, { seen: 'seen', looks: 1, pauses: [] }],
		[
			'goes on as long as it is told',
			{ timeoutMs: 20_000 },
			{ seen: undefined, looks: 5, pauses: [2000, 4000, 6000, 6000, 2000] },
		],
		[
			'goes on no longer than it is told',
			{ timeoutMs: 5000 },
			{ seen: undefined, looks: 2, pauses: [2000, 3000] },
		],
		[
			'ends with the workflow',
			{ stopsAt: 2, showsAt: 2 },
			{ seen: undefined, looks: 1, pauses: [2000, 4000] },
		],
		['does not begin when stopped', { stopsAt: 0 }, { seen: undefined, looks: 0, pauses: [] }],
	])('%s', async (_, options, expected) => {
		expect(await play(options)).toEqual(expected);
	});

	it('lasts as long as a create may still take effect', async () => {
		const { pauses } = await play({});
		expect(pauses.reduce((sum, pause) => sum + pause)).toBe(LATE_EFFECT_MS);
	});
});
