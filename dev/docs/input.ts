import { OPTIONS } from '../../nodes/Juspay/node/options';
import { OUTPUT_MODE } from '../../nodes/Juspay/node/fields';
import * as check from '../../nodes/Juspay/account/check';
import { ids } from '../../nodes/Juspay/account/kinds';
import { checkMappings, findColumns, missingColumns } from '../../nodes/Juspay/account/columns';
import { fromFields, fromJson, fromRow } from '../../nodes/Juspay/account/read';
import { failedItems, json } from './nodeRun';
import { distinct, row } from './rows';
import type { Row } from './rows';

/** The code of every message about input. */
const CODE = 'BAD_INPUT';

function rowOf({ message, fix }: check.BadInput): Row {
	return row(message, CODE, fix);
}

/** What is thrown by what must throw bad input. */
function rowFor(read: () => unknown): Row {
	const ended = check.orBadInput(read);
	if (ended instanceof check.BadInput) return rowOf(ended);
	throw new RangeError('Nothing is wrong with this');
}

/** Values that are wrong in each way that a check knows. */
const VALUES: Array<[check: (value: unknown) => unknown, values: unknown[]]> = [
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
		[
			'',
			'customer_undefined',
			'1.22E+11',
			'a\nb',
			'é',
			'..',
			'x'.repeat(257),
			['a'],
			{ a: 1 },
			true,
			2 ** 60,
		],
	],
	[check.checkName, ['x'.repeat(501), '026291800001191', '12', 'asha@upi']],
	[(value) => ids('<field>', value), [true]],
];

/** Messages about values. */
export function valueRows(): Row[] {
	return VALUES.flatMap(([read, values]) =>
		distinct(values.map((value) => rowFor(() => read(value)))),
	);
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
	const entries = [{}, { accountNumber: '1', 'Account No': '2' }].flatMap(
		(entry) => fromJson([entry]).accounts,
	);
	const found = [
		...entries.flatMap((entry) => ('problem' in entry ? [rowOf(entry.problem)] : [])),
		...[() => fromFields({}), () => fromJson('{'), () => fromJson('[]'), () => fromRow({})].map(
			rowFor,
		),
	];
	const read = await Promise.all([
		failedItems('create', { parameters: json([asNumber]) }),
		failedItems('create', {
			parameters: { ...columns, validateOnCreate: true },
			rows: [...sheet, undefined as never],
		}),
		failedItems('get', { parameters: target }),
		failedItems('update', { parameters: { resource: 'customer', customerDetails: {} } }),
	]);
	return distinct([...found, ...read.flat()]);
}

const mapped = [{ name: 'customerId' }, { name: 'accountNumber' }, { name: 'ifsc' }] as const;

/** Messages about the columns of the input. */
export function columnRows(): Row[] {
	const header = '<column>';
	const problems = [
		findColumns(['Account No', 'Account Number']).ambiguous,
		missingColumns({}, []),
		missingColumns({ customerId: header }, [header]),
		checkMappings([{ name: 'vpa' }], [], () => true),
		checkMappings(
			[{ name: 'customerId', path: [header] }, ...mapped.slice(1)],
			['<other column>'],
			() => false,
		),
		checkMappings([...mapped, { name: 'vpa', text: header }], [header], () => true),
	];
	return distinct(problems.map((problem) => rowOf(problem as check.BadInput)));
}

/** Messages about settings of the node. */
export async function settingRows(): Promise<Row[]> {
	const { validationAmount, bodyFields, dryRun, maxValidations, keepFields } = OPTIONS;
	const withField = (name: string, value: unknown = 'x') => ({ field: [{ name, value }] });
	const options = [
		...['11', 'one', null].map((value) => () => validationAmount.kind('Validation Amount', value)),
		...[withField(''), withField('command'), withField('x', NaN), 'x'].map(
			(value) => () => bodyFields.kind('Body Fields', value),
		),
		...['maybe', null].map((value) => () => dryRun.kind('<option>', value)),
		() => maxValidations.kind('Max Validations', 'two'),
		() => keepFields.kind('Keep Fields', {}),
		() => OUTPUT_MODE.kind('Output Mode', 'x'),
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
	return [...distinct(options.map(rowFor)), ...run.flat()];
}
