import type { JuspayClient } from '../../nodes/Juspay/http/client';
import type * as look from '../../nodes/Juspay/once/look';
import type * as memory from '../../nodes/Juspay/once/memory';

/**
 * The times for which an unknown outcome is looked at, ten times as short: 12 seconds otherwise. Tests of these times
 * themselves wait in real time: test/faults/exactly-once.test.ts. Use in a test file:
 *
 *     jest.mock('../../nodes/Juspay/once/look', () => jest.requireActual('./shortLooks'));
 */
const real = jest.requireActual<typeof look>('../../nodes/Juspay/once/look');
const { Memory, LATE_EFFECT_MS } = jest.requireActual<typeof memory>(
	'../../nodes/Juspay/once/memory',
);

const SHORTER = 10;

export const { accountsOfCustomer, confirm, getAccount, getCustomer, listAccounts } = real;

export const lookUntilSettled: typeof look.lookUntilSettled = async (session, ...rest) => {
	const { client } = session;
	const clock: JuspayClient['clock'] = {
		now: () => client.clock.now(),
		pause: async (ms) => await client.clock.pause(ms / SHORTER),
	};
	const hurried = new Proxy(client, {
		get: (target, name) => (name === 'clock' ? clock : Reflect.get(target, name, target)),
	});
	return await real.lookUntilSettled({ ...session, client: hurried }, ...rest);
};

const { settleMs, settlesAt } = Memory.prototype;
Memory.prototype.settleMs = function (routingId) {
	return settleMs.call(this, routingId) / SHORTER;
};
Memory.prototype.settlesAt = function (doubt, now) {
	if (doubt.isAccepted) return settlesAt.call(this, doubt, now);
	const lost = Math.min(doubt.lostAt, now);
	return Math.max(doubt.sentAt + this.settleMs(doubt.routingId), lost + LATE_EFFECT_MS / SHORTER);
};
