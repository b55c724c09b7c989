/** How List shows accounts: where they stand, where their details stand, and how they are written. */
import type { CustomerAccount } from '../../nodes/Juspay/account/types';
import { likeness } from '../../nodes/Juspay/account/identity';
import * as contract from '../../nodes/Juspay/wire/contract';
import { readAccounts } from '../../nodes/Juspay/wire/read';
import { readList } from '../../nodes/Juspay/http/pages';
import { MAGIC } from './accounts';
import { bodyOf, inBrief, isSuccess } from './answers';
import type { Known } from './create';
import type { Session } from './session';
import { envelopeOf, find, numberForm, place, shapeOf } from './shapes';

/** Reads the list of the accounts that were created. */
export async function list(session: Session, known: Known): Promise<void> {
	const { value, answers } = await session.watch(
		async () => await readList(session.client, session.reference, ''),
	);
	const [answer] = answers;
	const body = bodyOf(answer);
	// Also what the node would not take for the whole list.
	const accounts = readAccounts(body, session.reference)?.accounts ?? [];
	const isRead = known.ids.every((id) => accounts.some((account) => account.id === id));
	session.note(
		'List of a customer with accounts',
		isRead && value.ok,
		`${inBrief(answer)}, ${envelopeOf(body)}`,
		{ answers: answers.slice(0, 1), ...(!isRead && { change: 'readAccounts(): read this body' }) },
	);
	noteTotal(session, body, known.ids.length);
	if (accounts.length === 0) return;
	// Those that were created alone: of two in one request, none is older.
	const alone = known.ids.slice(0, 3);
	const order = accounts.map(({ id }) => alone.indexOf(id)).filter((at) => at >= 0);
	const newestFirst = isSorted([...order].reverse()) ? 'newest first' : 'neither by age';
	session.note('Order of a list', true, isSorted(order) ? 'oldest first' : newestFirst);
	noteBank(session, accounts, known);
	noteUpi(session, accounts);
	await noteOffset(session, accounts.length);
}

function isSorted(numbers: number[]): boolean {
	return numbers.every((it, at) => at === 0 || it > (numbers[at - 1] as number));
}

function noteTotal(session: Session, body: unknown, count: number): void {
	const total = find(body, 'total')?.value;
	const difference = Number(total) - count;
	const kind = typeof total === 'number' ? 'number' : shapeOf(total);
	const off = `${Math.abs(difference)} too ${difference < 0 ? 'low' : 'high'}`;
	const seen = total === undefined ? 'left out' : `${kind}, ${difference === 0 ? 'right' : off}`;
	session.note("A list's total", !(difference > 0), seen, {
		change: 'totalOf(): leave total unread; each list ends with UNFINISHED_LIST',
	});
}

function noteBank(session: Session, accounts: CustomerAccount[], known: Known): void {
	// The first that was created; of an answer that hides numbers, its ID tells.
	const bank = accounts.find(({ id }) => id === known.ids[0]) ?? accounts[0];
	if (!bank) return;
	const { raw, ifsc } = bank;
	const number = find(raw, 'account_number');
	const shown = numberForm(MAGIC.valid.accountNumber, number?.value);
	session.note(
		'Account numbers in a list',
		likeness(bank, MAGIC.valid) === 'same' || /as it was sent|zeros/.test(shown),
		number ? `${shown}, ${place(number.path)}` : shown,
		{
			change:
				"nothing can be: an existing account can't be told from the list, and ends with CANNOT_TELL",
		},
	);
	const sent = ifsc === MAGIC.valid.ifsc ? 'as it was sent' : 'another one';
	session.note(
		'IFSC in a list',
		ifsc.toUpperCase() === MAGIC.valid.ifsc,
		ifsc === '' ? 'left out' : sent,
		{
			change: 'nothing in contract.ts; please open an issue: accounts end with SIMILAR_ACCOUNT',
		},
	);
	session.note('IDs of accounts', true, shapeOf(raw.id ?? raw.bank_account_id));
	const ids: Record<string, string> = {
		undefined: 'left out',
		[session.customerId]: "Juspay's own, though the merchant's was sent",
		[session.reference]: "the merchant's, as it was sent",
	};
	session.note('customer_id of accounts', true, ids[String(raw.customer_id)] ?? 'another one');
}

function noteUpi(session: Session, accounts: CustomerAccount[]): void {
	const upi = accounts.find(({ type }) => type === 'upi');
	if (!upi) return;
	const isOther = likeness(upi, MAGIC.upi) === 'different' && upi.vpa !== MAGIC.invalidUpi.vpa;
	const shown = find(upi.raw, 'vpa') ?? find(upi.raw, 'upi');
	const seen = `${shapeOf(shown?.value)}, ${place(shown?.path ?? [])}`;
	session.note('UPI IDs in a list', !isOther || upi.vpa.includes('*'), seen);
}

/** Whether List pages by `offset`. */
async function noteOffset(session: Session, count: number): Promise<void> {
	const answer = await session.send(contract.listAccounts(session.reference, '', 1));
	const entries = readAccounts(bodyOf(answer), session.reference)?.entries;
	const holds = isSuccess(answer) && entries === count - 1;
	const shown = entries === count ? 'ignored' : `shows ${entries ?? 'nothing that can be read'}`;
	const otherwise = isSuccess(answer) ? shown : inBrief(answer);
	session.note('offset of a list', holds, holds ? 'works' : otherwise, {
		...(!holds && { answers: [answer] }),
		change: 'listAccounts(): page in another way, where a list has several pages at all',
	});
}
