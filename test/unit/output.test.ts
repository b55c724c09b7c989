import fc from 'fast-check';
import type { CustomerAccount } from '../../nodes/Juspay/domain/account';
import { outputOf, simplified, STATUS_OUTPUTS } from '../../nodes/Juspay/domain/output';
import { accountNumbers, vpas } from './arbitraries';

const ACCOUNT: CustomerAccount = {
	id: 'banh_1',
	customerId: 'cst_1',
	type: 'bankAccount',
	accountNumber: '026291800001191',
	ifsc: 'AABF0008032',
	beneficiaryName: 'Asha Rao',
	vpa: '',
	status: 'CREATED',
	dateCreated: '2023-06-06T13:28:20Z',
	lastValidated: '2023-06-06T13:28:21Z',
	raw: { secret: 'not for the simplified form' },
};

const NAMED = { customerId: 'cst_1' };

describe('a simplified account', () => {
	it('has the fields that the interface promises, masked', () => {
		const context = {
			customerId: 'customer_1122',
			outcome: 'created',
			validation: 'started',
		} as const;
		expect(simplified(ACCOUNT, context)).toEqual({
			customerAccountId: 'banh_1',
			customerId: 'customer_1122',
			type: 'bankAccount',
			validationStatus: 'CREATED',
			account: 'XXXXXXXXXXX1191',
			ifsc: 'AABF0008032',
			beneficiaryName: 'Asha Rao',
			lastValidated: '2023-06-06T13:28:21Z',
			outcome: 'created',
			validation: 'started',
		});
	});

	it('has no value of megabytes, whatever Juspay answers', () => {
		const { beneficiaryName, ifsc } = simplified(
			{ ...ACCOUNT, beneficiaryName: 'A'.repeat(1_000_000), ifsc: 'B'.repeat(500) },
			NAMED,
		);
		expect(beneficiaryName).toBe(`${'A'.repeat(499)}…`);
		expect(ifsc).toBe('B'.repeat(500));
	});

	it('has every key on every account, null where nothing is known', () => {
		const upi: CustomerAccount = {
			...ACCOUNT,
			type: 'upi',
			vpa: '9164326296@upi',
			accountNumber: '',
			ifsc: '',
			beneficiaryName: '',
			lastValidated: '',
		};
		expect(simplified(upi, NAMED)).toEqual({
			customerAccountId: 'banh_1',
			customerId: 'cst_1',
			type: 'upi',
			validationStatus: 'CREATED',
			account: '91******96@upi',
			ifsc: null,
			beneficiaryName: null,
			lastValidated: null,
			outcome: null,
			validation: null,
		});
		const unknown = { ...upi, type: '' as const, vpa: '', status: '' };
		expect(Object.entries(simplified(unknown, NAMED))).toEqual([
			['customerAccountId', 'banh_1'],
			['customerId', 'cst_1'],
			...[
				'type',
				'validationStatus',
				'account',
				'ifsc',
				'beneficiaryName',
				'lastValidated',
				'outcome',
				'validation',
			].map((name) => [name, null]),
		]);
	});

	it('never holds the account number or the UPI ID', () => {
		fc.assert(
			fc.property(accountNumbers, vpas, fc.boolean(), (accountNumber, vpa, isUpi) => {
				const account = isUpi
					? { ...ACCOUNT, type: 'upi' as const, vpa, accountNumber: '' }
					: { ...ACCOUNT, accountNumber };
				const shown = JSON.stringify(simplified(account, NAMED));
				expect(shown).not.toContain(isUpi ? vpa : accountNumber);
			}),
		);
	});
});

describe('an account leaves', () => {
	it.each([
		['ACTIVE', 'Active'],
		['FAILURE', 'Failure'],
		['PENDING', 'Pending'],
		['CREATED', 'Pending'],
		['IN_REVIEW', 'Pending'],
		['', 'Pending'],
	])('with status %j by the output %s', (status, output) => {
		expect(STATUS_OUTPUTS[outputOf(status)]).toBe(output);
	});
});
