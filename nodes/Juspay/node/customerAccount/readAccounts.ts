import type { Account } from '../../account/types';
import { checkAccount, checkId } from '../../account/check';
import type { Checked, Problem, RawAccount } from '../../account/check';
import { fromFields, fromJson, fromRow } from '../../account/read';
import type { RequestSettings } from '../../account/settings';
import type { AccountsField, Found, FoundAccount, FoundProblem } from '../../account/read';
import type { Refusal, Request } from '../items';
import { accountsPerRequest, isDryRun } from '../options';
import type { Options } from '../options';
import { requestSettings } from '../requestSettings';
import { givenAccount } from '../results';
import type { Subject } from '../results';
import type { Run } from '../run';
import { openColumns } from './columns';

/** One account of one item, read and checked, ready to be created. */
export interface NewAccount extends Request {
	customerId: string;
	account: Account;
	validate: boolean;
	/** Only look up what would happen. */
	dryRun: boolean;
	onExisting: 'reuse' | 'create';
	perRequest: number;
	settings: RequestSettings;
	/** The same for accounts that may travel in one request. */
	settingsKey: string;
}

/** Where an item's customer and accounts are read from. */
interface Source {
	customerId(item: number): unknown;
	accounts(item: number): Found;
	isJson?: boolean;
	/** A problem that affects all items. */
	problem?: Problem;
}

function openSource(run: Run): Source {
	const { read } = run;
	const source = read('accountSource', 0);
	if (source === 'input') {
		const { values, problem } = openColumns(run);
		return {
			customerId: (item) => values(item).customerId,
			accounts: (item) => fromRow(values(item)),
			problem,
		};
	}
	return {
		customerId: (item) => read('customerId', item),
		isJson: source === 'json',
		accounts: (item) =>
			source === 'json'
				? fromJson(read('accountsJson', item))
				: fromFields(read('accounts', item, {}) as AccountsField),
	};
}

/** n8n's Retry On Fail runs a node again from its beginning. */
const CREATES_AGAIN: Problem = {
	field: 'If Account Exists',
	wrong: 'is set to Create Another while Retry On Fail is on: a retry would create accounts twice',
	fix: "Turn off Retry On Fail in the node's Settings (the node itself retries what is safe to retry), or set 'If Account Exists' to Reuse.",
};

/** Opens a reader of each item's accounts, which collects their account numbers. */
export function openReader(run: Run): {
	read(item: number): Array<NewAccount | Refusal>;
	accountNumbers: ReadonlySet<string>;
} {
	const source = openSource(run);
	const settingsOf = openSettings(run);
	const accountNumbers = new Set<string>();
	const read = (item: number) => {
		const accounts = readItem(run, source, settingsOf, item);
		for (const it of accounts) {
			if ('account' in it && it.account.type === 'bankAccount') {
				accountNumbers.add(it.account.accountNumber);
			}
		}
		return accounts;
	};
	return { read, accountNumbers };
}

/** An item's options, read and checked; `key` is the same for the same settings. */
type Settings = Checked<{
	dryRun: boolean;
	perRequest: number;
	settings: RequestSettings;
	key: string;
}>;

/** Opens a reader of the items' options, which reads them once where all items have the same. */
function openSettings(run: Run): (item: number) => Settings {
	let last: { options: Options; read: Settings } | undefined;
	return (item) => {
		const options = run.options(item);
		if (last?.options !== options) last = { options, read: readSettings(options) };
		return last.read;
	};
}

function readSettings(options: Options): Settings {
	const checked = requestSettings(options);
	if ('problem' in checked) return checked;
	const settings = checked.value;
	const dryRun = isDryRun(options);
	const perRequest = accountsPerRequest(options);
	const key = JSON.stringify([dryRun, perRequest, settings]);
	return { value: { dryRun, perRequest, settings, key } };
}

function readItem(
	run: Run,
	source: Source,
	settingsOf: (item: number) => Settings,
	item: number,
): Array<NewAccount | Refusal> {
	if (source.problem) return [{ problem: source.problem }];
	const customer = checkId('Customer ID', source.customerId(item));
	const subject: Subject = 'problem' in customer ? {} : { customerId: customer.value };
	const found = source.accounts(item);
	if ('problem' in found) return [{ problem: found.problem, subject }];
	if ('problem' in customer) return refuseEach(customer.problem, found.accounts);
	const read = settingsOf(item);
	if ('problem' in read) return refuseEach(read.problem, found.accounts, subject);
	const onExisting = run.read('onExisting', item, 'reuse') === 'create' ? 'create' : 'reuse';
	if (onExisting === 'create' && run.retryOnFail) {
		return refuseEach(CREATES_AGAIN, found.accounts, subject);
	}
	const { dryRun, perRequest, settings, key } = read.value;
	const validate = run.read('validateOnCreate', item, false) === true;
	const shared = {
		item,
		customerId: customer.value,
		validate,
		dryRun,
		onExisting,
		perRequest,
		settings,
		settingsKey: `${validate} ${onExisting} ${key}`,
	} as const;
	return found.accounts.map((it) => {
		if ('problem' in it) return { ...it, subject };
		const { type, raw, place } = it;
		const checked = withDigits(run, source, validate, raw, checkAccount(type, raw));
		return 'problem' in checked
			? { ...checked, place, subject: { ...subject, ...givenAccount(type, raw) } }
			: { ...shared, account: checked.value };
	});
}

const IS_NUMBER = 'is a number, so a leading zero may be missing';

const AS_TEXT =
	'Format the column as plain text at its source (in Google Sheets: Format > Number > Plain text).';

/**
 * Spreadsheets give digits as a number, without leading zeros: another account's number, maybe. JSON can quote it; from
 * elsewhere it is accepted with a warning, but no money is moved to it.
 */
function withDigits(
	run: Run,
	source: Source,
	validate: boolean,
	{ accountNumber }: RawAccount,
	checked: Checked<Account>,
): Checked<Account> {
	if ('problem' in checked || typeof accountNumber !== 'number') return checked;
	const field = 'Account Number';
	if (source.isJson) {
		return { problem: { field, wrong: IS_NUMBER, fix: 'Put it in quotes.' } };
	}
	if (validate) {
		const fix = `${AS_TEXT} To create the account without a penny drop, turn off 'Validate on Create'.`;
		return { problem: { field, wrong: IS_NUMBER, fix } };
	}
	run.note(
		`An account number is a number instead of text, so a leading zero may be missing. ${AS_TEXT}`,
	);
	return checked;
}

/** What is wrong with a whole item counts for each of its accounts: each ends as one message of its own. */
function refuseEach(
	problem: Problem,
	accounts: Array<FoundAccount | FoundProblem>,
	subject: Subject = {},
): Refusal[] {
	return accounts.map((it) =>
		'problem' in it
			? { ...it, subject }
			: { problem, place: it.place, subject: { ...subject, ...givenAccount(it.type, it.raw) } },
	);
}
