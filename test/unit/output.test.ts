import fc from 'fast-check';
import type { CustomerAccount } from '../../nodes/Juspay/account/types';
import { simplified } from '../../nodes/Juspay/account/output';
import { outputOf, STATUS_OUTPUTS } from '../../nodes/Juspay/account/status';
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

describe('a simplified account', () => {
	it('has the fields that the interface promises, masked', () => {
		expect(
			simplified(ACCOUNT, {
				customerId: 'customer_1122',
				outcome: 'created',
				validation: 'started',
			}),
		).toEqual({
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

	it.each<[Partial<CustomerAccount>, Record<string, string>]>([
		[{ beneficiaryName: 'Asha 0262 9180 0001 191' }, { beneficiaryName: 'Asha XXXXXXXXXXX1191' }],
		[{ beneficiaryName: '9164326296@upi' }, { beneficiaryName: '91******96@upi' }],
		[{ ifsc: '026291800001191' }, { ifsc: 'XXXXXXXXXXX1191' }],
		[{ status: '026291800001191' }, { validationStatus: 'XXXXXXXXXXX1191' }],
		[
			{ beneficiaryName: "M/s  O'Brien & Söhne №2" },
			{ beneficiaryName: "M/s  O'Brien & Söhne №2" },
		],
		[
			{ lastValidated: '2026-11-01T10:00:00.123456789Z' },
			{ lastValidated: '2026-11-01T10:00:00.123456789Z' },
		],
		[{ lastValidated: '1764514516000' }, { lastValidated: '1764514516000' }],
	])('masks what may be an account number or a UPI ID, in every text: %j', (shown, expected) => {
		expect(simplified({ ...ACCOUNT, ...shown }, { customerId: 'cst_1' })).toMatchObject(expected);
	});

	it('has no value of megabytes, whatever Juspay answers', () => {
		const { beneficiaryName, ifsc } = simplified(
			{ ...ACCOUNT, beneficiaryName: 'A'.repeat(1_000_000), ifsc: 'B'.repeat(500) },
			{ customerId: 'cst_1' },
		);
		expect(beneficiaryName).toBe(`${'A'.repeat(499)}…`);
		expect(ifsc).toBe('B'.repeat(500));
	});

	it('has the same keys for every account, null where nothing is known', () => {
		const upi: CustomerAccount = {
			...ACCOUNT,
			type: 'upi',
			vpa: '9164326296@upi',
			accountNumber: '',
			ifsc: '',
			beneficiaryName: '',
			lastValidated: '',
		};
		expect(simplified(upi, { customerId: 'cst_1' })).toEqual({
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
	});

	it('never holds the account number or the UPI ID', () => {
		fc.assert(
			fc.property(accountNumbers, vpas, fc.boolean(), (accountNumber, vpa, isUpi) => {
				const account = isUpi
					? { ...ACCOUNT, type: 'upi' as const, vpa, accountNumber: '' }
					: { ...ACCOUNT, accountNumber };
				const shown = JSON.stringify(
					simplified(account, { customerId: 'cst_1', outcome: 'existing' }),
				);
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

describe('a simplified account of the trigger', () => {
	const of = (previousStatus?: string) =>
		simplified(ACCOUNT, {
			customerId: 'cst_1',
			...(previousStatus !== undefined && { previousStatus }),
		});

	it('has the status of before, null where it is not known', () => {
		expect(of('PENDING').previousStatus).toBe('PENDING');
		expect(of('').previousStatus).toBeNull();
	});

	it('has it in a trigger only', () => {
		expect(of()).not.toHaveProperty('previousStatus');
	});
});
