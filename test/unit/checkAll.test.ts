import { checkAll } from '../../nodes/Juspay/account/check';

const wrong = (field: string) => ({ problem: { field, wrong: 'is empty', fix: 'Fill it in.' } });

describe('several checks', () => {
	it('give all values, by name', () => {
		expect(checkAll({ id: { value: 'c' }, count: { value: 2 } })).toEqual({
			value: { id: 'c', count: 2 },
		});
	});

	it('give the first problem among them', () => {
		const checks = { id: { value: 'c' }, ifsc: wrong('IFSC'), vpa: wrong('UPI ID') };
		expect(checkAll(checks)).toEqual(wrong('IFSC'));
	});

	it('are all passed where there are none', () => {
		expect(checkAll({})).toEqual({ value: {} });
	});
});
