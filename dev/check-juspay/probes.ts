/** One function per fact, in the order in which they build on each other. */
import { sleep } from 'n8n-workflow';
import * as contract from '../../nodes/Juspay/wire/contract';
import { readAccounts } from '../../nodes/Juspay/wire/read';
import { readRefusal } from '../../nodes/Juspay/wire/refusal';
import { readList } from '../../nodes/Juspay/http/pages';
import type { Answer } from '../../nodes/Juspay/http/transport';
import { MAGIC } from './accounts';
import { bodyOf, inBrief, isSuccess, kindOf, statusOf } from './answers';
import { NO_SETTINGS, VALIDATE_FIELDS } from './candidates';
import type { Known } from './create';
import { Ended, type Session } from './session';
import { find, shapeOf, wordOr } from './shapes';

const NOBODY = 'check_nobody_1122';

/** A rejected key: asked for with one that nobody has. */
export async function wrongKey(session: Session): Promise<void> {
	const call = contract.getCustomer(NOBODY, '');
	const answer = await session.send(call, 'check_juspay_wrong_key');
	session.note('A wrong key', kindOf(call, answer) === 'keyRejected', inBrief(answer), {
		answers: [answer],
		change:
			'readRefusal(), isRefusal(): read this body; meaning.ts: take this status for a rejected key',
	});
}

/** Something that doesn't exist is to be answered with what the node takes for a 404. */
async function missing(session: Session, fact: string, call: contract.Call): Promise<Answer> {
	const answer = await session.send(call);
	session.note(fact, kindOf(call, answer) === 'missing', inBrief(answer), {
		answers: [answer],
		change: 'readRefusal(): read this body; meaning.ts: take it for a 404',
	});
	return answer;
}

/** A customer who doesn't exist; also shows whether the user's key is accepted. */
export async function missingCustomer(session: Session): Promise<void> {
	const call = contract.getCustomer(NOBODY, '');
	const answer = await missing(session, 'A customer who does not exist', call);
	if (['keyRejected', 'badOrigin', 'forbidden'].includes(kindOf(call, answer))) {
		throw new Ended('Juspay does not accept this key here. Is it a key of the sandbox?');
	}
	if (answer.kind !== 'answered') throw new Ended(`Juspay can't be reached (${answer.kind}).`);
}

/** What UPI IDs of the documented forms come to; it costs nothing. */
export async function verifyUpiIds(session: Session): Promise<void> {
	const { merchantId = '' } = session.client;
	const fact = 'Verify a UPI ID';
	if (merchantId === '') {
		session.note(fact, undefined, 'not tried: it needs a merchant ID');
		return;
	}
	for (const [word, status] of Object.entries({ success: 'VALID', invalid: 'INVALID' })) {
		const call = contract.verifyVpa(`${word}@upi`, merchantId, '');
		const { value, answers } = await session.watch(async () => await session.client.send(call));
		const isSetUp = !value.ok && value.failure.code === 'SETUP';
		session.note(
			`${fact} (${word})`,
			isSetUp ? undefined : value.ok && value.value.status === status,
			isSetUp ? 'not enabled for this merchant' : inBrief(answers[0]),
			{ answers, change: 'verifyVpa(), readVerification()' },
		);
	}
}

/** Creates the check's own customer. */
export async function customer(session: Session): Promise<void> {
	const details = {
		mobileNumber: '9999999999',
		mobileCountryCode: '91',
		emailAddress: 'check@example.com',
		firstName: 'Nathan',
		lastName: 'Kumar',
	};
	const call = contract.createCustomer(session.reference, details, '');
	const made = await session.ask('Create a customer', call, 'createCustomer(), readCustomer()');
	if (!made) throw new Ended('Without a customer nothing further can be tried.');
	session.customerId = made.id;
	session.hide(made.id);
}

/** List of a customer without accounts; also used after the last account is deleted. */
export async function emptyList(session: Session, fact: string): Promise<void> {
	const { value, answers } = await session.watch(
		async () => await readList(session.client, session.reference, ''),
	);
	const [answer] = answers;
	const body = statusOf(answer) < 300 ? ` ${shapeOf(bodyOf(answer))}` : '';
	const isUnfinished = !value.ok && value.failure.code === 'UNFINISHED_LIST';
	const isEmpty = value.ok && value.value.accounts.length === 0;
	session.note(fact, isEmpty, inBrief(answer) + body, {
		answers,
		change: isUnfinished
			? 'readAccounts(): this list says that it leaves an account out'
			: 'readAccounts(): read this body as a list without accounts',
	});
}

/** What Get answers, also for an account that doesn't exist, and under the customer's other ID. */
export async function get(session: Session, { ids: [id = ''] }: Known): Promise<void> {
	const call = contract.getAccount(session.reference, id, '');
	await session.ask('Get an account', call, 'getAccount(), readAccount()');
	const other = await session.send(contract.getAccount(session.customerId, id, ''));
	session.note(
		"Either of the customer's IDs in the path",
		isSuccess(other),
		isSuccess(other) ? 'both work' : `Juspay's own ID: ${inBrief(other)}`,
		{ change: 'nothing; the README should name the ID that works' },
	);
	const nobodys = contract.getAccount(session.reference, 'banh_checkNobodyHasThis', '');
	await missing(session, 'An account that does not exist', nobodys);
}

/** How the status and `last_validated` of an account read now. */
function standing(answer: Answer): string {
	const body = bodyOf(answer);
	const validated = find(body, 'last_validated');
	const when = validated ? shapeOf(validated.value) : 'left out';
	return `${wordOr(find(body, 'validation_status')?.value)} (last_validated: ${when})`;
}

/** Starts a validation and watches its account: the answer, and every status that it comes to. */
export async function validate(session: Session, { ids: [id = ''] }: Known): Promise<void> {
	const get = contract.getAccount(session.reference, id, '');
	const seen = [standing(await session.send(get))];
	const call = contract.validateAccount(session.reference, id, NO_SETTINGS);
	const { answers } = await session.watch(
		async () =>
			await session.ask('Validate without a body', call, 'validateAccount(), readAccount()'),
	);
	seen.push(...answers.filter(isSuccess).slice(0, 1).map(standing));
	const until = Date.now() + session.options.watchMs;
	do {
		const now = standing(await session.send(get));
		if (now !== seen.at(-1)) seen.push(now);
		if (/^(active|failure)\b/i.test(now)) break;
		await sleep(Math.min(1000, Math.max(0, until - Date.now())));
	} while (Date.now() < until);
	const isKnown = seen.every((it) => /^(created|pending|active|failure) /i.test(it));
	session.note('Statuses of an account', isKnown, seen.join(' -> '), {
		change: 'readOne(): read this status as the one of the four that it means',
	});
}

/**
 * Tries the names that a field of Validate may have, the contract's own first.
 *
 * @param isTaken - whether an answer shows that the field was understood
 */
async function fieldName(
	session: Session,
	fact: string,
	tries: Array<[id: string, name: string, value: string]>,
	isTaken: (answer: Answer) => boolean,
): Promise<void> {
	const tried: string[] = [];
	const answers: Answer[] = [];
	for (const [id, name, value] of tries) {
		const call = contract.validateAccount(session.reference, id, NO_SETTINGS);
		const answer = await session.send({ ...call, form: { [name]: value } });
		answers.push(answer);
		tried.push(`${name}: ${inBrief(answer)}`);
		if (!isTaken(answer)) continue;
		const own = tries[0]?.[1];
		const change = `validateAccount(): send ${name} in place of ${own}`;
		session.note(fact, name === own, name, { answers, change });
		return;
	}
	session.note(fact, undefined, tried.join('; '), { answers });
}

/** Under which name Validate takes an amount: the one that the account shows afterwards. */
export async function amountField(session: Session, known: Known): Promise<void> {
	const tries = VALIDATE_FIELDS.amount.flatMap((name, at) => {
		const id = known.ids[1 + at];
		return id === undefined ? [] : [[id, name, '2'] as [string, string, string]];
	});
	const isShown = (answer: Answer) =>
		isSuccess(answer) && Number(find(bodyOf(answer), 'validation_amount')?.value) === 2;
	await fieldName(session, 'Amount of a validation', tries, isShown);
}

/** Under which name Validate takes a gateway; a server that ignores unknown fields shows nothing. */
export async function gatewayField(session: Session, known: Known): Promise<void> {
	const fact = 'Gateway of a validation';
	const { gatewayId } = session.options;
	const id = known.ids.at(-1);
	if (!gatewayId || id === undefined) {
		session.note(fact, undefined, 'not tried');
		return;
	}
	const call = contract.validateAccount(session.reference, id, NO_SETTINGS);
	const control = await session.send({ ...call, form: { check_unknown_field: '1' } });
	if (isSuccess(control)) {
		session.note(fact, undefined, 'Juspay ignores fields that it does not know');
		return;
	}
	const tries = VALIDATE_FIELDS.gatewayId.map(
		(name) => [id, name, gatewayId] as [string, string, string],
	);
	await fieldName(session, fact, tries, isSuccess);
}

/** A bank account that can't be one: how a refusal looks. */
export async function refusal(session: Session, known: Known): Promise<void> {
	const form = known.formOf([{ ...MAGIC.valid, ifsc: 'CHECK' }]);
	const call = { ...contract.createAccounts(session.reference, [], NO_SETTINGS), form };
	const answer = await session.send(call);
	const isTaken = isSuccess(answer);
	const isRead = readRefusal(bodyOf(answer)).code !== '' && statusOf(answer) < 500;
	session.note('A refused account', !isTaken && isRead, inBrief(answer), {
		answers: [answer],
		change: isTaken
			? 'nothing: Juspay takes an IFSC that is none'
			: 'readRefusal(): read this body',
	});
	if (isTaken) await known.takeIn(answer);
}

/** Deletes what the check created. */
export async function remove(session: Session): Promise<void> {
	// Nobody else uses the customer: whatever it has was created here, seen at the time or not.
	const list = await session.send(contract.listAccounts(session.reference, '', 0));
	for (const { id } of readAccounts(bodyOf(list), session.reference)?.accounts ?? []) {
		session.created.add(id);
		session.hide(id);
	}
	let first: { isRead: boolean; answers: Answer[] } | undefined;
	for (const id of session.created) {
		const { value, answers } = await session.watch(
			async () => await session.client.send(contract.deleteAccount(session.reference, id, '')),
		);
		first ??= { isRead: value.ok, answers };
		const after = contract.getAccount(session.reference, id, '');
		const isGone = kindOf(after, await session.send(after)) === 'missing';
		if (value.ok || isGone) session.created.delete(id);
	}
	if (!first) return;
	const { isRead, answers } = first;
	const left = session.created.size;
	const deleted = find(bodyOf(answers[0]), 'bank_account_status') ? ', as the predecessor' : '';
	const seen = `${inBrief(answers[0])}${deleted}${left > 0 ? `; ${left} accounts are left` : ''}`;
	session.note('Delete an account', isRead, seen, {
		answers,
		change: 'deleteAccount(), readDeleted()',
	});
}
