/* eslint-disable no-console -- says how long it took */
import type { INodeParameters } from 'n8n-workflow';
import { IFSC, stage } from './stage';

const CUSTOMERS = Array.from({ length: 100 }, (_, index) => `cst_${index}`);
const ROWS = Array.from({ length: 1000 }, (_, index) => ({
	customer_id: CUSTOMERS[index % CUSTOMERS.length] ?? '',
	account_number: `026${String(index).padStart(8, '0')}5555`,
	ifsc: IFSC,
	beneficiary_name: 'Asha Rao',
	bank_code: '12',
	vpa: '',
}));

const on = stage({ customers: CUSTOMERS });

const dropped = Object.fromEntries(
	Object.entries({
		customerId: 'customer_id',
		accountNumber: 'account_number',
		ifsc: 'ifsc',
		beneficiaryName: 'beneficiary_name',
		bankCode: 'bank_code',
		vpa: 'vpa',
	}).map(([name, column]) => [name, `={{ $json.${column} }}`]),
);

/** Three ways to give the same accounts. */
const WAYS: Array<[string, INodeParameters]> = [
	['Map Automatically', { accountSource: 'input', customerId: '' }],
	[
		'Map Each Column Manually, six dropped columns',
		{
			accountSource: 'input',
			customerId: '',
			columns: { mappingMode: 'defineBelow', value: dropped } as never,
		},
	],
	[
		'Define Below, five dropped columns',
		{
			accountSource: 'fields',
			customerId: '={{ $json.customer_id }}',
			accounts: {
				bankAccount: [
					{
						accountNumber: '={{ $json.account_number }}',
						ifsc: '={{ $json.ifsc }}',
						beneficiaryName: '={{ $json.beneficiary_name }}',
						bankCode: '={{ $json.bank_code }}',
					},
				],
			},
		},
	],
];

describe('1,000 accounts of 100 customers', () => {
	/** How long the node took at best, in milliseconds. */
	const took = new Map<string, number>();

	it.each([...WAYS, ...WAYS])('are created by %s', async (way, parameters) => {
		const result = await on.run('create', { items: ROWS, collect: false, parameters });
		expect(result.error).toBeUndefined();
		expect(on.simulator.counters).toMatchObject({ accountsMade: 1000, duplicatesMade: 0 });
		took.set(way, Math.min(took.get(way) ?? Infinity, result.durationMs));
	});

	afterAll(() => {
		const lines = [...took].map(([way, ms]) => `${String(ms).padStart(6)} ms  ${way}`);
		// Told and not asserted: it depends on what else the machine does.
		console.log(lines.join('\n'));
	});
});
