/** How accounts are created: which body Create takes, and what it answers. */
import { sleep } from 'n8n-workflow';
import type { Account } from '../../nodes/Juspay/account/types';
import { likeness } from '../../nodes/Juspay/account/identity';
import * as contract from '../../nodes/Juspay/wire/contract';
import { readAccounts } from '../../nodes/Juspay/wire/read';
import { readList } from '../../nodes/Juspay/http/pages';
import type { Answer } from '../../nodes/Juspay/http/transport';
import { MAGIC, withBankCode } from './accounts';
import { bodyOf, inBrief, isSuccess, statusOf } from './answers';
import {
	bankCodeForms,
	bankForms,
	contractForm,
	formOf,
	NO_SETTINGS,
	upiForms,
	type CreateForm,
} from './candidates';
import { Ended, type Session } from './session';
import { envelopeOf, find, wordOr } from './shapes';

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

const SEE_REFUSALS = 'accountDetails(): see the refusals for what Juspay misses';

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
		const bankCode = await this.findBankCode(bank);
		const form = { ...bank.form, upi: (upi ?? bank).form.upi, bankCode };
		const known: Known = {
			ids: this.ids,
			formOf: (accounts) => formOf(form, accounts),
			takeIn: async (answer) => void (await this.newIds(answer)),
		};
		const two = upi ? [MAGIC.invalid, MAGIC.invalidUpi] : [MAGIC.invalid, MAGIC.alwaysPending];
		const isRequired = bank.form.bankCode !== 'left out';
		await this.several(
			two.map((it) => (isRequired && it.type === 'bankAccount' ? withBankCode(it) : it)),
			known,
		);
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

	/** Accounts that an answer names. */
	private named(answer: Answer) {
		return readAccounts(bodyOf(answer), this.session.reference)?.accounts ?? [];
	}

	private async listed() {
		const { client, reference } = this.session;
		const listed = await readList(client, reference, '');
		return listed.ok ? listed.value.accounts : [];
	}

	/** Accounts that weren't there before, by the answer and by the list. */
	private async newIds(answer: Answer): Promise<string[]> {
		const all = [...this.named(answer), ...(await this.listed())];
		const ids = [...new Set(all.map(({ id }) => id))].filter((id) => !this.ids.includes(id));
		for (const id of ids) {
			this.ids.push(id);
			this.session.created.add(id);
			this.session.hide(id);
		}
		return ids;
	}

	private noteBank(tried: Tried | undefined): void {
		const { own, session } = this;
		const answers = [...this.refusals.values()];
		if (!tried) {
			session.note('Body of a Create', false, 'none of the candidates works', {
				answers,
				change: `createAccounts(), ${SEE_REFUSALS}`,
			});
			return;
		}
		const { outer, bank } = tried.form;
		session.note('Form field with the accounts', outer === own.outer, outer, {
			answers,
			change: `createAccounts(): send ${outer} in place of ${own.outer}`,
		});
		const isFlat = bank === 'flat';
		session.note(
			'Fields of a bank account in a Create',
			bank === own.bank,
			isFlat ? 'flat' : `in ${bank}`,
			{
				change: isFlat
					? `accountDetails(): send the bank account's fields without ${own.bank} around them`
					: `accountDetails(): send ${bank} in place of ${own.bank}`,
			},
		);
	}

	private noteUpi(tried: Tried | undefined): void {
		const seen = tried?.form.upi;
		this.session.note(
			'Fields of a UPI ID in a Create',
			seen === this.own.upi,
			seen ?? 'none of the candidates works',
			{
				answers: tried ? [tried.answer] : [...this.refusals.values()],
				change: seen ? `accountDetails(): send a UPI ID as ${seen}` : SEE_REFUSALS,
			},
		);
	}

	private async findBankCode(bank: Tried): Promise<CreateForm['bankCode']> {
		const { own, session } = this;
		const fact = 'bank_code in a Create';
		const isRequired = bank.form.bankCode !== 'left out';
		const tried = isRequired
			? bank
			: await this.tryAll(bankCodeForms(bank.form, own), () => MAGIC.pendingThenValid);
		if (!tried) {
			session.note(fact, undefined, 'refused in each place');
			return 'left out';
		}
		const { bankCode } = tried.form;
		const isInside = bankCode === 'inside';
		const where = bank.form.bank === 'flat' ? 'the entry' : bank.form.bank;
		const got = await session.send(contract.getAccount(session.reference, tried.ids[0] ?? '', ''));
		const shown = find(bodyOf(got), 'bank_code') ? '' : ', not shown in answers';
		session.note(
			fact,
			bankCode === own.bankCode,
			`${isInside ? 'in' : 'beside'} ${where}${isRequired ? ', required' : ''}${shown}`,
			{ change: `accountDetails(): move bank_code ${isInside ? 'into' : 'out of'} ${where}` },
		);
		return bankCode;
	}

	private noteAnswer({ answer, form }: Tried): void {
		const [account] = this.named(answer);
		const isWhole = account !== undefined && likeness(account, MAGIC.valid) === 'same';
		const body = bodyOf(answer);
		const seen = [
			statusOf(answer),
			envelope(body),
			...(body !== undefined && !isWhole ? ['details left out or not in full'] : []),
			...(form.bankCode === 'left out' ? [] : ['bank_code was sent']),
		];
		// The node reads the list where the answer leaves something out.
		const holds = isSuccess(answer) && (account !== undefined || body === undefined);
		this.session.note("Create's answer to one account", holds, seen.join(', '), {
			answers: [answer],
			...(body !== undefined && !account && { change: 'readAccounts(): read this body' }),
		});
	}

	/** Two accounts in one request: one ID for each? */
	private async several(accounts: Account[], known: Known): Promise<void> {
		const answer = await this.create(known.formOf(accounts));
		await this.lateness(answer);
		const made = (await this.newIds(answer)).length;
		const body = bodyOf(answer);
		const isRead = this.named(answer).length === 2 || body === undefined;
		this.session.note(
			'Two accounts in one Create',
			made === 2 && isRead,
			`${inBrief(answer)}, ${envelope(body)}, ${made} created`,
			{
				answers: [answer],
				change:
					made === 2
						? 'readAccounts(): read this body'
						: 'createAccounts(): send one account per request (option Accounts per Request: 1)',
			},
		);
	}

	/** How many seconds after a Create its accounts stand in the list, and with which status. */
	private async lateness(answer: Answer): Promise<void> {
		const { session } = this;
		const { watchMs } = session.options;
		const fact = 'A new account in a list';
		const named = this.named(answer);
		if (named.length === 0) {
			session.note(fact, undefined, 'Create names no account');
			return;
		}
		const started = Date.now();
		const seconds = () => Math.round((Date.now() - started) / 1000);
		for (let when = 'at once'; ; when = `after ${seconds()} s`) {
			const shown = (await this.listed()).filter(({ id }) => named.some((one) => one.id === id));
			if (shown.length === named.length) {
				const statuses = [...new Set(shown.map(({ status }) => status))].join(', ');
				session.note(fact, true, `${when}, ${wordOr(statuses)}`);
				return;
			}
			if (Date.now() - started >= watchMs) break;
			await sleep(Math.min(500, watchMs));
		}
		session.note(fact, false, `not within ${seconds()} s`, {
			change:
				'nothing can be: only the memory of the n8n that created an account knows it, for 24 hours',
		});
	}
}

const envelope = (body: unknown) => (body === undefined ? 'without a body' : envelopeOf(body));

/** Finds the form that Create takes, and creates five accounts. */
export async function create(session: Session): Promise<Known> {
	return await new CreateCheck(session).run();
}
