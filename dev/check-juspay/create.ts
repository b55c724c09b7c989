/** How accounts are created and listed: which body Create takes, what it answers, and how List shows them. */
import { sleep } from 'n8n-workflow';
import type { Account, CustomerAccount } from '../../nodes/Juspay/account/types';
import { likeness } from '../../nodes/Juspay/account/identity';
import * as contract from '../../nodes/Juspay/wire/contract';
import { readAccounts } from '../../nodes/Juspay/wire/read';
import { readList } from '../../nodes/Juspay/http/pages';
import type { Answer } from '../../nodes/Juspay/http/transport';
import { MAGIC, withBankCode } from './accounts';
import { bodyOf, inBrief, isSuccess, statusOf } from './answers';
import type { CreateForm } from './candidates';
import {
	bankCodeForms,
	bankForms,
	contractForm,
	formOf,
	NO_SETTINGS,
	upiForms,
} from './candidates';
import type { Finding, Session } from './session';
import { Ended } from './session';
import { envelopeOf, find, numberForm, place, shapeOf } from './shapes';

/** In the place of a contract that has none of the candidates' forms. */
const USUAL: CreateForm = {
	outer: 'account_details',
	bank: 'bank_account',
	upi: 'upi.vpa',
	bankCode: 'beside',
};

/** What is known after accounts were created. */
export interface Known {
	/** IDs of the accounts, in the order of their creation. */
	ids: string[];
	/** A Create's form fields in the form that works. */
	formOf(accounts: readonly Account[]): Record<string, string>;
	/** Notes the accounts of an answer that was not expected to create any. */
	takeIn(answer: Answer): Promise<void>;
}

/** A Create that was tried: what it answered, and which accounts are new. */
interface Tried {
	form: CreateForm;
	answer: Answer;
	ids: string[];
}

/** Finds the form that Create takes. */
class CreateCheck {
	private readonly own = contractForm() ?? USUAL;

	private readonly ids: string[] = [];

	/** The first refusal of each kind. */
	private readonly refusals = new Map<string, Answer>();

	constructor(private readonly session: Session) {}

	async run(): Promise<Known> {
		const bank = await this.tryAll(bankForms(this.own), (form) =>
			form.bankCode === 'left out' ? MAGIC.valid : withBankCode(MAGIC.valid),
		);
		this.noteBank(bank);
		if (!bank) throw new Ended('Without a Create that works nothing further can be tried.');
		this.noteAnswer(bank);
		const upi = await this.tryAll(upiForms(bank.form, this.own), () => MAGIC.upi);
		this.noteUpi(upi);
		const code = await this.findBankCode(bank);
		const form = { ...bank.form, upi: (upi ?? bank).form.upi, bankCode: code };
		const known: Known = {
			ids: this.ids,
			formOf: (accounts) => formOf(form, accounts),
			takeIn: async (answer) => void (await this.newIds(answer)),
		};
		await this.several(known, upi !== undefined);
		return known;
	}

	private async create(form: Record<string, string>): Promise<Answer> {
		const call = contract.createAccounts(this.session.reference, [], NO_SETTINGS);
		return await this.session.send({ ...call, form });
	}

	/** Tries one form after another until an account is there that wasn't before. */
	private async tryAll(
		forms: readonly CreateForm[],
		account: (form: CreateForm) => Account,
	): Promise<Tried | undefined> {
		for (const form of forms) {
			const answer = await this.create(formOf(form, [account(form)]));
			if (!isSuccess(answer)) this.refusals.set(inBrief(answer), answer);
			// A refusal may be a lie, and a success too: only the list shows what happened.
			const ids = await this.newIds(answer);
			if (ids.length > 0) return { form, answer, ids };
		}
		return undefined;
	}

	/** Accounts that weren't there before, by the answer and by the list. */
	private async newIds(answer: Answer): Promise<string[]> {
		const { session } = this;
		const named = readAccounts(bodyOf(answer), session.reference)?.accounts ?? [];
		const listed = await readList(session.client, session.reference, '');
		const all = [...named, ...(listed.ok ? listed.value.accounts : [])];
		const ids = [...new Set(all.map(({ id }) => id))].filter((id) => !this.ids.includes(id));
		for (const id of ids) {
			this.ids.push(id);
			session.created.add(id);
			session.hide(id);
		}
		return ids;
	}

	private noteBank(tried: Tried | undefined): void {
		const { own, session } = this;
		const answers = [...this.refusals.values()];
		if (!tried) {
			session.note({
				fact: 'Body of a Create',
				verdict: 'differs',
				seen: 'none of the candidates works',
				answers,
				change: 'createAccounts(), accountDetails(): see the refusals for what Juspay misses',
			});
			return;
		}
		const { outer, bank } = tried.form;
		session.note({
			fact: 'Form field with the accounts',
			verdict: outer === own.outer ? 'holds' : 'differs',
			seen: outer,
			answers,
			...(outer !== own.outer && {
				change: `createAccounts(): send ${outer} in place of ${own.outer}`,
			}),
		});
		session.note({
			fact: 'Fields of a bank account in a Create',
			verdict: bank === own.bank ? 'holds' : 'differs',
			seen: bank === 'flat' ? 'flat' : `in ${bank}`,
			...(bank !== own.bank && {
				change:
					bank === 'flat'
						? `accountDetails(): send the bank account's fields without ${own.bank} around them`
						: `accountDetails(): send ${bank} in place of ${own.bank}`,
			}),
		});
	}

	private noteUpi(tried: Tried | undefined): void {
		const { own, session } = this;
		const seen = tried?.form.upi;
		session.note({
			fact: 'Fields of a UPI ID in a Create',
			verdict: seen === own.upi ? 'holds' : 'differs',
			seen: seen ?? 'none of the candidates works',
			answers: tried ? [tried.answer] : [...this.refusals.values()],
			...(seen !== own.upi && {
				change: seen
					? `accountDetails(): send a UPI ID as ${seen}`
					: 'accountDetails(): see the refusals for what Juspay misses',
			}),
		});
	}

	private async findBankCode(bank: Tried): Promise<CreateForm['bankCode']> {
		const { own, session } = this;
		const isRequired = bank.form.bankCode !== 'left out';
		const tried = isRequired
			? bank
			: await this.tryAll(bankCodeForms(bank.form, own), () => MAGIC.pendingThenValid);
		const seen = tried?.form.bankCode;
		const required = isRequired ? ', required' : '';
		const where = bank.form.bank === 'flat' ? 'the entry' : bank.form.bank;
		const shown = tried && (await this.showsBankCode(tried)) ? '' : ', not shown in answers';
		session.note({
			fact: 'bank_code in a Create',
			verdict: !seen ? 'unknown' : seen === own.bankCode ? 'holds' : 'differs',
			seen: seen
				? `${seen === 'inside' ? 'in' : 'beside'} ${where}${required}${shown}`
				: 'refused in each place',
			...(seen &&
				seen !== own.bankCode && {
					change: `accountDetails(): move bank_code ${seen === 'inside' ? 'into' : 'out of'} ${where}`,
				}),
		});
		return seen ?? 'left out';
	}

	private async showsBankCode({ ids: [id] }: Tried): Promise<boolean> {
		const { session } = this;
		const got = await session.send(contract.getAccount(session.reference, id ?? '', ''));
		return find(bodyOf(got), 'bank_code') !== undefined;
	}

	private noteAnswer({ answer, form }: Tried): void {
		const { session } = this;
		const read = readAccounts(bodyOf(answer), session.reference)?.accounts ?? [];
		const [account] = read;
		const isWhole = account !== undefined && likeness(account, MAGIC.valid) === 'same';
		const body = bodyOf(answer);
		const status = statusOf(answer);
		session.note({
			fact: "Create's answer to one account",
			// The node reads the list where the answer leaves something out.
			verdict: isSuccess(answer) && (account || body === undefined) ? 'holds' : 'differs',
			seen: [
				status,
				body === undefined ? 'without a body' : envelopeOf(body),
				...(body !== undefined && !isWhole ? ['details left out or not in full'] : []),
				...(form.bankCode === 'left out' ? [] : ['bank_code was sent']),
			].join(', '),
			answers: [answer],
			...(body !== undefined && !account && { change: 'readAccounts(): read this body' }),
		});
	}

	/** Two accounts in one request: one ID for each? */
	private async several(known: Known, hasUpi: boolean): Promise<void> {
		const accounts = hasUpi
			? [MAGIC.invalid, MAGIC.invalidUpi]
			: [MAGIC.invalid, MAGIC.alwaysPending];
		const answer = await this.create(known.formOf(accounts.map((it) => this.asKnown(it, known))));
		await this.lateness(answer);
		const ids = await this.newIds(answer);
		const read = readAccounts(bodyOf(answer), this.session.reference)?.accounts ?? [];
		const holds = ids.length === 2 && (read.length === 2 || bodyOf(answer) === undefined);
		this.session.note({
			fact: 'Two accounts in one Create',
			verdict: holds ? 'holds' : 'differs',
			seen: `${inBrief(answer)}, ${bodyOf(answer) === undefined ? 'without a body' : envelopeOf(bodyOf(answer))}, ${ids.length} created`,
			answers: [answer],
			...(!holds && {
				change:
					ids.length === 2
						? 'readAccounts(): read this body'
						: 'createAccounts(): send one account per request (option Accounts per Request: 1)',
			}),
		});
	}

	/** How many seconds after a Create its accounts stand in the list, and with which status. */
	private async lateness(answer: Answer): Promise<void> {
		const { client, options, reference } = this.session;
		const fact = 'A new account in a list';
		const named = readAccounts(bodyOf(answer), reference)?.accounts ?? [];
		if (named.length === 0) {
			this.session.note({ fact, verdict: 'unknown', seen: 'Create names no account' });
			return;
		}
		const started = Date.now();
		const seconds = () => Math.round((Date.now() - started) / 1000);
		for (let reads = 1; ; reads++) {
			const listed = await readList(client, reference, '');
			const shown = (listed.ok ? listed.value.accounts : []).filter(({ id }) =>
				named.some((one) => one.id === id),
			);
			if (shown.length === named.length) {
				const when = reads === 1 ? 'at once' : `after ${seconds()} s`;
				const statuses = [...new Set(shown.map(({ status }) => status))].join(', ');
				const isWord = /^[A-Za-z_, ]{2,60}$/.test(statuses);
				const seen = `${when}, ${isWord ? statuses : shapeOf(statuses)}`;
				this.session.note({ fact, verdict: 'holds', seen });
				return;
			}
			if (Date.now() - started >= options.watchMs) break;
			await sleep(Math.min(500, options.watchMs));
		}
		this.session.note({
			fact,
			verdict: 'differs',
			seen: `not within ${seconds()} s`,
			change:
				'nothing can be: only the memory of the n8n that created an account knows it, for 24 hours',
		});
	}

	/** Where `bank_code` is required, every account has one. */
	private asKnown(account: Account, known: Known): Account {
		const isRequired = JSON.stringify(known.formOf([MAGIC.valid])).includes('bank_code');
		return isRequired && account.type === 'bankAccount' ? withBankCode(account) : account;
	}
}

/** Finds the form that Create takes, and creates five accounts. */
export async function create(session: Session): Promise<Known> {
	return await new CreateCheck(session).run();
}

/** How List shows accounts: where they stand, where their details stand, and how they are written. */
export async function list(session: Session, known: Known): Promise<void> {
	const { value, answers } = await session.watch(
		async () => await readList(session.client, session.reference, ''),
	);
	const [answer] = answers;
	const body = bodyOf(answer);
	// Also what the node would not take for the whole list.
	const accounts = readAccounts(body, session.reference)?.accounts ?? [];
	const isRead = known.ids.every((id) => accounts.some((account) => account.id === id));
	session.note({
		fact: 'List of a customer with accounts',
		verdict: isRead && value.ok ? 'holds' : 'differs',
		seen: `${inBrief(answer)}, ${envelopeOf(body)}`,
		answers: answer ? [answer] : [],
		...(!isRead && { change: 'readAccounts(): read this body' }),
	});
	session.note(totalOf(body, known.ids.length));
	if (accounts.length === 0) return;
	// Those that were created alone: of two in one request, none is older.
	const alone = known.ids.slice(0, 3);
	const order = accounts.map(({ id }) => alone.indexOf(id)).filter((at) => at >= 0);
	session.note({
		fact: 'Order of a list',
		verdict: 'holds',
		seen: isSorted(order)
			? 'oldest first'
			: isSorted([...order].reverse())
				? 'newest first'
				: 'neither by age',
	});
	for (const finding of accountFacts(session, accounts, known)) session.note(finding);
	await offsets(session, accounts.length);
}

function isSorted(numbers: number[]): boolean {
	return numbers.every((it, at) => at === 0 || it > (numbers[at - 1] as number));
}

function totalOf(body: unknown, count: number): Finding {
	const total = find(body, 'total')?.value;
	const fact = "A list's total";
	if (total === undefined) return { fact, verdict: 'holds', seen: 'left out' };
	const kind = typeof total === 'number' ? 'number' : shapeOf(total);
	const difference = Number(total) - count;
	if (difference === 0) return { fact, verdict: 'holds', seen: `${kind}, right` };
	return {
		fact,
		verdict: difference < 0 ? 'holds' : 'differs',
		seen: `${kind}, ${Math.abs(difference)} too ${difference < 0 ? 'low' : 'high'}`,
		...(difference > 0 && {
			change: 'totalOf(): leave total unread; each list ends with UNFINISHED_LIST',
		}),
	};
}

function accountFacts(session: Session, accounts: CustomerAccount[], known: Known): Finding[] {
	// The first that was created; of an answer that hides numbers, its ID tells.
	const bank = accounts.find(({ id }) => id === known.ids[0]) ?? accounts[0];
	const upi = accounts.find(({ type }) => type === 'upi');
	if (!bank) return [];
	const number = find(bank.raw, 'account_number');
	const shown = numberForm(MAGIC.valid.accountNumber, number?.value);
	const isTold = likeness(bank, MAGIC.valid) === 'same';
	const findings: Finding[] = [
		{
			fact: 'Account numbers in a list',
			verdict: isTold || /as it was sent|zeros/.test(shown) ? 'holds' : 'differs',
			seen: number ? `${shown}, ${place(number.path)}` : shown,
			...(!/as it was sent|zeros/.test(shown) && {
				change:
					"nothing can be: an existing account can't be told from the list, and ends with CANNOT_TELL",
			}),
		},
		{
			fact: 'IFSC in a list',
			verdict: bank.ifsc.toUpperCase() === MAGIC.valid.ifsc ? 'holds' : 'differs',
			seen:
				bank.ifsc === ''
					? 'left out'
					: bank.ifsc === MAGIC.valid.ifsc
						? 'as it was sent'
						: 'another one',
			...(bank.ifsc !== MAGIC.valid.ifsc && {
				change: 'nothing in contract.ts; please open an issue: accounts end with SIMILAR_ACCOUNT',
			}),
		},
		{
			fact: 'IDs of accounts',
			verdict: 'holds',
			seen: shapeOf(bank.raw.id ?? bank.raw.bank_account_id),
		},
		{ fact: 'customer_id of accounts', verdict: 'holds', seen: customerIdOf(session, bank) },
	];
	if (upi) {
		const vpa = find(upi.raw, 'vpa') ?? find(upi.raw, 'upi');
		findings.splice(1, 0, {
			fact: 'UPI IDs in a list',
			verdict:
				likeness(upi, MAGIC.upi) === 'different' &&
				!/\*/.test(upi.vpa) &&
				upi.vpa !== MAGIC.invalidUpi.vpa
					? 'differs'
					: 'holds',
			seen: `${shapeOf(vpa?.value)}, ${place(vpa?.path ?? [])}`,
		});
	}
	return findings;
}

function customerIdOf(session: Session, { raw }: CustomerAccount): string {
	switch (raw.customer_id) {
		case undefined:
			return 'left out';
		case session.customerId:
			return "Juspay's own, though the merchant's was sent";
		case session.reference:
			return "the merchant's, as it was sent";
		default:
			return 'another one';
	}
}

/** Whether List pages by `offset`. */
async function offsets(session: Session, count: number): Promise<void> {
	const answer = await session.send(contract.listAccounts(session.reference, '', 1));
	const entries = readAccounts(bodyOf(answer), session.reference)?.entries;
	const seen = !isSuccess(answer)
		? inBrief(answer)
		: entries === count - 1
			? 'works'
			: entries === count
				? 'ignored'
				: `shows ${entries ?? 'nothing that can be read'}`;
	session.note({
		fact: 'offset of a list',
		verdict: seen === 'works' ? 'holds' : 'differs',
		seen,
		...(seen !== 'works' && {
			answers: [answer],
			change: 'listAccounts(): page in another way, where a list has several pages at all',
		}),
	});
}
