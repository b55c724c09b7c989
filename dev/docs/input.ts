import { OPTIONS } from '../../nodes/Juspay/node/options';
import { PARAMETERS } from '../../nodes/Juspay/node/values';
import * as check from '../../nodes/Juspay/account/check';
import type { Checked, Problem } from '../../nodes/Juspay/account/check';
import { ids, text } from '../../nodes/Juspay/account/kinds';
import { checkMappings, findColumns, missingColumns } from '../../nodes/Juspay/account/columns';
import { fromFields, fromJson, fromRow } from '../../nodes/Juspay/account/read';
import { failedItems, json } from './nodeRun';
import { distinct, row } from './rows';
import type { Row } from './rows';

/** The code of every message about input. */
const CODE = 'BAD_INPUT';

function rowOf(checked: object): Row {
	const { problem } = checked as { problem?: Problem };
	if (!problem) throw new RangeError('Nothing is wrong with this');
	return row(check.sentenceOf(problem), CODE, problem.fix);
}

const rowsOf = (checks: object[]): Row[] => distinct(checks.map(rowOf));

/** Values that are wrong in each way that a check knows. */
const VALUES: Array<[check: (value: unknown) => Checked<unknown>, values: unknown[]]> = [
	[
		check.checkAccountNumber,
		[
			...['', '5.01E+13', '०२६२९१८००', 'XXXX1191', '12345678A', '12345678', '1'.repeat(19)],
			...['-026291800001191', '000000000'],
		],
	],
	[check.checkIfsc, ['', 'ＨDFC0001234', 'HDFC001234', 'HDFCO001234', 'HDF00001234']],
	[check.checkVpa, ['', 'é@upi', 'asha', 'asha@bank.com', 'as**ha@upi', 'a_b@1upi']],
	[check.checkObjectReferenceId, ['c_1122']],
	[
		(value) => check.checkMobileNumber(value, ''),
		['+919876543210', '९८७६५४३२१०', '98765-x', '919876543210', '98765432'],
	],
	[(value) => check.checkMobileNumber(value, '44'), ['123']],
	[check.checkCountryCode, ['९१', 'IN']],
	[check.checkEmail, ['nathan']],
	[
		(value) => check.checkId('<field>', value),
		['', 'a\nb', 'é', '..', 'x'.repeat(257), ['a'], { a: 1 }, true, 2 ** 60],
	],
	[(value) => check.checkLine('Beneficiary Name', value), ['x'.repeat(501)]],
	[(value) => ids('<field>', value), [true]],
	[(value) => text('<field>', value), ['']],
];

/** Messages about values. */
export function valueRows(): Row[] {
	return VALUES.flatMap(([checked, values]) => rowsOf(values.map(checked)));
}

const BANK = { accountNumber: '026291800001191', ifsc: 'HDFC0001234' };
const CREATE = { ...json([BANK]) };

/** Messages about where accounts come from. */
export async function accountRows(): Promise<Row[]> {
	const asNumber = { ...BANK, accountNumber: 501_001_234_501 };
	const columns = { accountSource: 'input', columns: { mappingMode: 'autoMapInputData' } };
	const sheet = [
		{ 'Customer Code': 'customer_1122', 'Account No': 501_001_234_501, IFSC: 'HDFC0001234' },
	];
	const target = { customerAccountId: '026 291' };
	const found = [
		...(fromJson([{}]) as { accounts: object[] }).accounts,
		...(fromJson([{ accountNumber: '1', 'Account No': '2' }]) as { accounts: object[] }).accounts,
		fromFields({}),
		fromJson('{'),
		fromJson('[]'),
		fromRow({}),
	];
	const read = await Promise.all([
		failedItems('create', {
			parameters: { ...CREATE, validateOnCreate: true, options: { validateInDoubt: true } },
			retryOnFail: true,
		}),
		failedItems('create', { parameters: json([asNumber]) }),
		failedItems('create', {
			parameters: { ...columns, validateOnCreate: true },
			rows: [...sheet, undefined as never],
		}),
		failedItems('get', { parameters: target }),
		failedItems('update', { parameters: { resource: 'customer', customerDetails: {} } }),
	]);
	return distinct([...found.map(rowOf), ...read.flat()]);
}

const mapped = [{ name: 'customerId' }, { name: 'accountNumber' }, { name: 'ifsc' }] as const;

/** Messages about the columns of the input. */
export function columnRows(): Row[] {
	const header = '<column>';
	const problems = [
		findColumns(['Account No', 'Account Number']),
		{ problem: missingColumns({}, []) },
		{ problem: missingColumns({ customerId: header }, [header]) },
		{ problem: checkMappings([{ name: 'vpa' }], [], () => true) },
		{
			problem: checkMappings(
				[{ name: 'customerId', path: [header] }, ...mapped.slice(1)],
				['<other column>'],
				() => false,
			),
		},
		{ problem: checkMappings([...mapped, { name: 'vpa', text: header }], [header], () => true) },
	];
	return rowsOf(problems);
}

/** Messages about settings of the node. */
export async function settingRows(): Promise<Row[]> {
	const { validationAmount, bodyFields, dryRun, maxValidations, keepFields } = OPTIONS;
	const withField = (name: string) =>
		bodyFields.kind('Body Fields', { field: [{ name, value: 'x' }] });
	const options = [
		...['11', 'one', null].map((value) => validationAmount.kind('Validation Amount', value)),
		...['', 'command'].map(withField),
		bodyFields.kind('Body Fields', 'x'),
		...['maybe', null].map((value) => dryRun.kind('<option>', value)),
		maxValidations.kind('Max Validations', 'two'),
		keepFields.kind('Keep Fields', {}),
		PARAMETERS.outputMode.kind('Output Mode', 'x'),
	];
	const run = await Promise.all([
		failedItems('create', {
			parameters: { ...CREATE, onExisting: 'create' },
			retryOnFail: true,
		}),
		failedItems('create', {
			parameters: { ...CREATE, validateOnCreate: true, options: { validateInDoubt: true } },
			retryOnFail: true,
		}),
		failedItems('validate', { retryOnFail: true }),
		failedItems('create', {
			parameters: { ...CREATE, validateOnCreate: true, options: { maxValidations: 0 } },
		}),
	]);
	return [...rowsOf(options), ...run.flat()];
}
