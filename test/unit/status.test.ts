import {
	isFinal,
	isKnownStatus,
	KNOWN_STATUSES,
	mayBeValidated,
	outputOf,
	STATUS_OUTPUTS,
	STATUSES,
} from '../../nodes/Juspay/account/status';

describe('validation statuses', () => {
	it('knows the four of them, in the order of the editor', () => {
		expect(KNOWN_STATUSES).toEqual(['ACTIVE', 'CREATED', 'FAILURE', 'PENDING']);
		const names = KNOWN_STATUSES.map((status) => STATUSES[status].name);
		expect(names).toEqual([...names].sort());
	});

	it.each(['constructor', 'toString', '', 'active', 'EXPIRED'])('does not know "%s"', (status) => {
		expect(isKnownStatus(status)).toBe(false);
		expect(isFinal(status)).toBe(false);
		expect(STATUS_OUTPUTS[outputOf(status)]).toBe('Pending');
	});

	it('says with which a validation ends', () => {
		expect(KNOWN_STATUSES.filter(isFinal)).toEqual(['ACTIVE', 'FAILURE']);
	});

	it('says with which a penny drop may be sent: none is in progress, none has succeeded', () => {
		const all = ['', ...KNOWN_STATUSES, 'EXPIRED'];
		expect(all.filter(mayBeValidated)).toEqual(['', 'CREATED', 'FAILURE']);
	});
});
