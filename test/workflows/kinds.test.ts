import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Juspay } from '../../nodes/Juspay/Juspay.node';
import { OPTIONS } from '../../nodes/Juspay/node/options';
import {
	ON_EXISTING,
	VALIDATE_ON_CREATE,
} from '../../nodes/Juspay/node/customerAccount/createFields';
import { SIMPLIFY } from '../../nodes/Juspay/node/fields';
import { ASHA, stage } from './stage';

/** Every option and parameter with values as workflows give them: read as meant, or refused for that row alone. */

const on = stage();

/** Values of one option: what is meant by each, and what can't be understood. */
interface Values {
	good: unknown[];
	bad: unknown[];
	/** Where an expression that gives nothing must not be taken for the default. */
	isStrict?: true;
}

const YES_OR_NO: Values = {
	good: [true, 'true', 'TRUE', ' True ', 1, 'no', false, 0],
	bad: ['maybe', 2, {}, [true, false]],
};
const NUMBER: Values = { good: [5, '5', ' 5 '], bad: ['five', -1, 1.5, true, {}, [], 'Infinity'] };
const SECONDS: Values = { good: [5, '5', ' 5 ', 1.5], bad: ['five', -1, true, {}, [], 'Infinity'] };
const TEXT: Values = { good: ['16', 'ABC', 'abc', ' Abc ', 16], bad: [{}, ['a', 'b'], true] };

const VALUES: Record<keyof typeof OPTIONS, Values> = {
	accountsPerRequest: NUMBER,
	// The names of its fields.
	bodyFields: {
		good: ['udf1', ' udf2 ', 'metadata.source', 'metadata.Source'],
		bad: ['AMOUNT', 'gateway_id[0]', 'Command.x', 'mobile_number', 7, {}, true],
		isStrict: true,
	},
	concurrency: NUMBER,
	dryRun: { ...YES_OR_NO, isStrict: true },
	gatewayId: TEXT,
	gatewayReferenceId: TEXT,
	keepFields: { good: ['v', 'V, vpa', ['v'], '["v"]', '*'], bad: [{}, [{}], true] },
	maxRetries: NUMBER,
	maxValidations: { ...NUMBER, isStrict: true },
	routingId: { ...TEXT, bad: [...TEXT.bad, 'a\nb', 'é', '..'] },
	timeout: SECONDS,
	validateInDoubt: { ...YES_OR_NO, isStrict: true },
	validationAmount: {
		good: ['1', ' 1.50 ', 1, 2.5],
		bad: ['11', '0', '1,50', '1.234', 'one', 'ONE', {}, [1], true, -1],
		isStrict: true,
	},
	waitForValidation: SECONDS,
};

const choice = (value: string, label: string): Values => ({
	good: [value, value.toUpperCase(), ` ${label} `],
	bad: ['other', 7, {}, [value, value]],
});

/** The parameters of Create that decide about a row and take an expression. */
const PARAMETERS = {
	onExisting: ON_EXISTING,
	simplify: SIMPLIFY,
	validateOnCreate: VALIDATE_ON_CREATE,
};
const OF_CREATE = {
	onExisting: { ...choice('reuse', 'Reuse'), isStrict: true },
	simplify: YES_OR_NO,
	validateOnCreate: { ...YES_OR_NO, isStrict: true },
} satisfies Record<keyof typeof PARAMETERS, Values>;

type Name = keyof typeof OPTIONS | keyof typeof OF_CREATE;

const isOption = (name: string): name is keyof typeof OPTIONS => Object.hasOwn(OPTIONS, name);

const labelOf = (name: Name) =>
	(isOption(name) ? OPTIONS[name] : PARAMETERS[name]).field.displayName;

/** Each row names another person: what was made once is known to the process. */
let people = 0;

/** Throws for a row that says so: n8n can't evaluate what isn't there. */
const VALUE = "$json.fails ? $('Nowhere').item.json.x : $json.v";

function givenAs(name: Name, value: string): INodeParameters {
	if (name === 'bodyFields')
		return { options: { bodyFields: { field: [{ name: value, value: 'x' }] } } };
	return isOption(name) ? { options: { [name]: value } } : { [name]: value };
}

/**
 * Creates a UPI ID for each row, with a value for one option or parameter from the row.
 *
 * @param beside - what stands beside the expression: n8n makes text of the value then
 */
async function createEach(name: Name, rows: IDataObject[], beside = '') {
	const items = rows.map((row): IDataObject => ({ ...row, vpa: `person${++people}@upi` }));
	const given = givenAs(name, `={{ ${VALUE} }}${beside}`);
	const result = await on.run('create', {
		items,
		onError: 'continueRegularOutput',
		parameters: {
			customerId: ASHA,
			accountSource: 'json',
			accountsJson: '={{ [{ vpa: $json.vpa }] }}',
			...given,
		},
	});
	expect(result.pairedWith()).toEqual(items.map((_, index) => index));
	return result.items().map((item, index) => ({ ...item, vpa: items[index]?.vpa }));
}

/** Each row ended as meant, or as bad input in the field; of those refused nothing was sent. */
function expectEnds(name: Name, items: IDataObject[], isRefused: (index: number) => boolean): void {
	const made = on.simulator.accounts(ASHA).map(({ vpa }) => vpa);
	items.forEach((item, index) => {
		const { errorCode = null, field = null, dryRun } = item;
		const refused = isRefused(index);
		expect({ index, errorCode, field }).toEqual({
			index,
			errorCode: refused ? 'BAD_INPUT' : null,
			field: refused ? labelOf(name) : null,
		});
		const isMade = made.includes(item.vpa as string);
		expect({ index, isMade }).toEqual({ index, isMade: !refused && !dryRun });
	});
}

const NAMES = [...Object.keys(VALUES), ...Object.keys(OF_CREATE)] as Name[];
const valuesOf = (name: Name): Values => (isOption(name) ? VALUES[name] : OF_CREATE[name]);

it('every option of the node is tried', () => {
	const shown = new Juspay().description.properties.find(({ name }) => name === 'options');
	// Dry Run is there twice: an account's and a customer's say different things.
	const names = new Set(shown?.options?.map(({ name }) => name));
	expect(Object.keys(VALUES).sort()).toEqual([...names].sort());
});

describe.each(NAMES)('%s', (name) => {
	const { good, bad, isStrict } = valuesOf(name);
	const nothing: IDataObject[] = [{}, { v: null }, { v: '' }, { v: ' \t' }];
	const rowsOf = (values: unknown[]) => values.map((v) => ({ v }) as IDataObject);

	it('is read as meant, or refused for that row alone, nothing included', async () => {
		const rows = [{ fails: true }, ...nothing, ...rowsOf(good), ...rowsOf(bad)];
		const items = await createEach(name, rows);
		const firstGood = 1 + nothing.length;
		expectEnds(name, items, (index) => {
			if (index === 0 || index >= firstGood + good.length) return true;
			return index < firstGood && isStrict === true;
		});
	});

	it('means the same where blanks stand beside its expression', async () => {
		const asText = ['string', 'number', 'boolean'];
		const plain = [...good, ...bad].filter((value) => asText.includes(typeof value));
		const items = await createEach(name, rowsOf(plain), ' \n');
		// The blanks count for nothing, also where they would have made text of what is none.
		expectEnds(name, items, (index) => bad.includes(plain[index]));
	});
});

const anything = fc.oneof(
	fc.constantFrom<unknown>(undefined, null, '', ' ', true, 'TRUE', 'no', 'reuse', 'SINGLE', '*'),
	fc.constantFrom<unknown>('1', ' 2 ', '1e3', '0x1', '1,5', 'NaN', '[1]', '{}', '\u200b', '\u0000'),
	fc.integer({ min: -3, max: 60 }),
	fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
	fc.string({ maxLength: 12 }),
	fc.jsonValue({ maxDepth: 2 }),
);

it('whatever a row gives for whichever option, it ends as meant or as bad input in that field', async () => {
	await fc.assert(
		fc.asyncProperty(
			// The simulator refuses names of fields that Juspay doesn't know.
			fc.constantFrom(...NAMES.filter((name) => name !== 'bodyFields')),
			fc.array(anything, { minLength: 1, maxLength: 8 }),
			fc.constantFrom('', ' ', '\n'),
			async (name, values, beside) => {
				const rows = values.map((v) => ({ v }) as IDataObject);
				const items = await createEach(name, rows, beside);
				expectEnds(name, items, (index) => 'errorCode' in (items[index] ?? {}));
			},
		),
		{ numRuns: 25, endOnFailure: true },
	);
});
