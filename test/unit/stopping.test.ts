import { Stopping } from '../../nodes/Juspay/http/clock';

describe('the stop of an execution', () => {
	it('has one listener at the signal, however many wait for it', () => {
		const controller = new AbortController();
		const listen = jest.spyOn(controller.signal, 'addEventListener');
		const ended: number[] = [];
		for (let index = 0; index < 20; index++) {
			Stopping.of(controller.signal).onStop(() => ended.push(index));
		}
		expect(listen).toHaveBeenCalledTimes(1);
		controller.abort();
		expect(ended).toHaveLength(20);
	});

	it('is not told to who no longer listens, nor twice', () => {
		const controller = new AbortController();
		const stopping = Stopping.of(controller.signal);
		const ended: string[] = [];
		stopping.onStop(() => ended.push('left'))();
		stopping.onStop(() => ended.push('stayed'));
		controller.abort();
		controller.signal.dispatchEvent(new Event('abort'));
		expect(ended).toEqual(['stayed']);
	});

	it('is told at once where it was before', () => {
		const controller = new AbortController();
		controller.abort();
		const ended = jest.fn();
		Stopping.of(controller.signal).onStop(ended);
		expect(ended).toHaveBeenCalledTimes(1);
	});

	it('never comes without a signal', () => {
		const ended = jest.fn();
		Stopping.of(undefined).onStop(ended);
		expect(Stopping.of(undefined).isStopped).toBe(false);
		expect(ended).not.toHaveBeenCalled();
	});
});
