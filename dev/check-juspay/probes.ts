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
import type { Session } from './session';
import { Ended } from './session';
import { find, shapeOf } from './shapes';

const NOBODY = 'check_nobody_1122';

/** A rejected key: asked for with one that nobody has. */
export async function wrongKey(session: Session): Promise<void> {
	const call = contract.getCustomer(NOBODY, '');
	const answer = await session.send(call, 'check_juspay_wrong_key');
	const isRejected = kindOf(call, answer) === 'keyRejected';
	session.note({
		fact: 'A wrong key',
		verdict: isRejected ? 'holds' : 'differs',
		seen: inBrief(answer),
		answers: [answer],
		...(!isRejected && {
			change:
				'readRefusal(), isRefusal(): read this body; meaning.ts: take this status for a rejected key',
		}),
	});
}

/** A customer who doesn't exist; also shows whether the user's key is accepted. */
export async function missingCustomer(session: Session): Promise<void> {
	const call = contract.getCustomer(NOBODY, '');
	const answer = await session.send(call);
	const kind = kindOf(call, answer);
	const isMissing = kind === 'missing';
	session.note({
		fact: 'A customer who does not exist',
		verdict: isMissing ? 'holds' : 'differs',
		seen: inBrief(answer),
		answers: [answer],
		...(!isMissing && { change: 'readRefusal(): read this body; meaning.ts: take it for a 404' }),
	});
	if (['keyRejected', 'badOrigin', 'forbidden'].includes(kind)) {
		throw new Ended('Juspay does not accept this key here. Is it a key of the sandbox?');
	}
	if (answer.kind !== 'answered') throw new Ended(`Juspay can't be reached (${answer.kind}).`);
}

/** What UPI IDs of the documented forms come to; it costs nothing. */
export async function verifyUpiIds(session: Session): Promise<void> {
	const { merchantId = '' } = session.client;
	const fact = 'Verify a UPI ID';
	if (merchantId === '') {
		session.note({ fact, verdict: 'unknown', seen: 'not tried: it needs a merchant ID' });
		return;
	}
	for (const [vpa, status] of [
		['success@upi', 'VALID'],
		['invalid@upi', 'INVALID'],
	] as const) {
		const call = contract.verifyVpa(vpa, merchantId, '');
		const { value, answers } = await session.watch(async () => await session.client.send(call));
		const isSetUp = !value.ok && value.failure.code === 'SETUP';
		const holds = value.ok && value.value.status === status;
		session.note({
			fact: `${fact} (${vpa.split('@', 1)[0]})`,
			verdict: holds ? 'holds' : isSetUp ? 'unknown' : 'differs',
			seen: isSetUp ? 'not enabled for this merchant' : inBrief(answers[0]),
			answers,
			...(!holds && !isSetUp && { change: 'verifyVpa(), readVerification()' }),
		});
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
	const { value, answers } = await session.watch(
		async () => await session.client.send(contract.createCustomer(session.reference, details, '')),
	);
	session.note({
		fact: 'Create a customer',
		verdict: value.ok ? 'holds' : 'differs',
		seen: inBrief(answers[0]),
		answers,
		...(!value.ok && { change: 'createCustomer(), readCustomer()' }),
	});
	if (!value.ok) throw new Ended('Without a customer nothing further can be tried.');
	session.customerId = value.value.id;
	session.hide(value.value.id);
}

/** List of a customer without accounts; also used after the last account is deleted. */
export async function emptyList(session: Session, fact: string): Promise<void> {
	const { value, answers } = await session.watch(
		async () => await readList(session.client, session.reference, ''),
	);
	const [answer] = answers;
	const isEmpty = value.ok && value.value.accounts.length === 0;
	const body = statusOf(answer) < 300 ? ` ${shapeOf(bodyOf(answer))}` : '';
	const isUnfinished = !value.ok && value.failure.code === 'UNFINISHED_LIST';
	session.note({
		fact,
		verdict: isEmpty ? 'holds' : 'differs',
		seen: inBrief(answer) + body,
		answers,
		...(!isEmpty && {
			change: isUnfinished
				? 'readAccounts(): this list says that it leaves an account out'
				: 'readAccounts(): read this body as a list without accounts',
		}),
	});
}

/** What Get answers, also for an account that doesn't exist, and under the customer's other ID. */
export async function get(session: Session, known: Known): Promise<void> {
	const [id] = known.ids;
	if (id === undefined) return;
	const { value, answers } = await session.watch(
		async () => await session.client.send(contract.getAccount(session.reference, id, '')),
	);
	session.note({
		fact: 'Get an account',
		verdict: value.ok ? 'holds' : 'differs',
		seen: inBrief(answers[0]),
		answers,
		...(!value.ok && { change: 'getAccount(), readAccount()' }),
	});
	const other = await session.send(contract.getAccount(session.customerId, id, ''));
	session.note({
		fact: "Either of the customer's IDs in the path",
		verdict: isSuccess(other) ? 'holds' : 'differs',
		seen: isSuccess(other) ? 'both work' : `Juspay's own ID: ${inBrief(other)}`,
		...(!isSuccess(other) && { change: 'nothing; the README should name the ID that works' }),
	});
	const missing = contract.getAccount(session.reference, 'banh_checkNobodyHasThis', '');
	const answer = await session.send(missing);
	const isMissing = kindOf(missing, answer) === 'missing';
	session.note({
		fact: 'An account that does not exist',
		verdict: isMissing ? 'holds' : 'differs',
		seen: inBrief(answer),
		answers: [answer],
		...(!isMissing && { change: 'readRefusal(): read this body; meaning.ts: take it for a 404' }),
	});
}

/** How the status and `last_validated` of an account read now. */
function standing(answer: Answer): string {
	const body = bodyOf(answer);
	const status = find(body, 'validation_status')?.value;
	const isWord = typeof status === 'string' && /^[A-Za-z_]{2,30}$/.test(status);
	const validated = find(body, 'last_validated');
	const when = validated ? shapeOf(validated.value) : 'left out';
	return `${isWord ? status : shapeOf(status)} (last_validated: ${when})`;
}

/** Starts a validation and watches its account: the answer, and every status that it comes to. */
export async function validate(session: Session, known: Known): Promise<void> {
	const { watchMs } = session.options;
	const [id] = known.ids;
	if (id === undefined) return;
	const before = standing(await session.send(contract.getAccount(session.reference, id, '')));
	const { value, answers } = await session.watch(
		async () =>
			await session.client.send(contract.validateAccount(session.reference, id, NO_SETTINGS)),
	);
	const [answer] = answers;
	session.note({
		fact: 'Validate without a body',
		verdict: value.ok ? 'holds' : 'differs',
		seen: inBrief(answer),
		answers,
		...(!value.ok && { change: 'validateAccount(), readAccount()' }),
	});
	const seen = [before, ...(answer && isSuccess(answer) ? [standing(answer)] : [])];
	const until = Date.now() + watchMs;
	do {
		const now = standing(await session.send(contract.getAccount(session.reference, id, '')));
		if (now !== seen.at(-1)) seen.push(now);
		if (/^(active|failure)\b/i.test(now)) break;
		await sleep(Math.min(1000, Math.max(0, until - Date.now())));
	} while (Date.now() < until);
	const words = seen.map((it) => it.split(' ')[0] ?? '');
	const isKnown = words.every((it) => /^(created|pending|active|failure)$/i.test(it));
	session.note({
		fact: 'Statuses of an account',
		verdict: isKnown ? 'holds' : 'differs',
		seen: seen.join(' -> '),
		...(!isKnown && { change: 'readOne(): read this status as the one of the four that it means' }),
	});
}

/** Under which name Validate takes an amount: the one that the account shows afterwards. */
export async function amountField(session: Session, known: Known): Promise<void> {
	const asked = '2';
	const tried: string[] = [];
	const answers: Answer[] = [];
	for (const [at, name] of VALIDATE_FIELDS.amount.entries()) {
		const id = known.ids[1 + at];
		if (id === undefined) break;
		const call = contract.validateAccount(session.reference, id, NO_SETTINGS);
		const answer = await session.send({ ...call, form: { [name]: asked } });
		answers.push(answer);
		const shown = find(bodyOf(answer), 'validation_amount')?.value;
		const isTaken = isSuccess(answer) && Number(shown) === Number(asked);
		tried.push(`${name}: ${inBrief(answer)}${isTaken ? ', taken' : ', not shown'}`);
		if (!isTaken) continue;
		const isOwn = name === VALIDATE_FIELDS.amount[0];
		session.note({
			fact: 'Amount of a validation',
			verdict: isOwn ? 'holds' : 'differs',
			seen: name,
			answers,
			...(!isOwn && { change: `validateAccount(): send ${name} in place of amount` }),
		});
		return;
	}
	session.note({
		fact: 'Amount of a validation',
		verdict: 'unknown',
		seen: tried.join('; '),
		answers,
	});
}

/** Under which name Validate takes a gateway; a server that ignores unknown fields shows nothing. */
export async function gatewayField(session: Session, known: Known): Promise<void> {
	const fact = 'Gateway of a validation';
	const { gatewayId } = session.options;
	const [id] = known.ids.slice(-1);
	if (!gatewayId || id === undefined) {
		session.note({ fact, verdict: 'unknown', seen: 'not tried' });
		return;
	}
	const call = contract.validateAccount(session.reference, id, NO_SETTINGS);
	const control = await session.send({ ...call, form: { check_unknown_field: '1' } });
	if (isSuccess(control)) {
		session.note({ fact, verdict: 'unknown', seen: 'Juspay ignores fields that it does not know' });
		return;
	}
	const tried: string[] = [];
	for (const name of VALIDATE_FIELDS.gatewayId) {
		const answer = await session.send({ ...call, form: { [name]: gatewayId } });
		tried.push(`${name}: ${inBrief(answer)}`);
		if (!isSuccess(answer)) continue;
		const isOwn = name === VALIDATE_FIELDS.gatewayId[0];
		session.note({
			fact,
			verdict: isOwn ? 'holds' : 'differs',
			seen: name,
			...(!isOwn && { change: `validateAccount(): send ${name} in place of gateway_id` }),
		});
		return;
	}
	session.note({ fact, verdict: 'unknown', seen: tried.join('; ') });
}

/** A bank account that can't be one: how a refusal looks. */
export async function refusal(session: Session, known: Known): Promise<void> {
	const form = known.formOf([{ ...MAGIC.valid, ifsc: 'CHECK' }]);
	const call = { ...contract.createAccounts(session.reference, [], NO_SETTINGS), form };
	const answer = await session.send(call);
	const read = readRefusal(bodyOf(answer));
	const isRead = !isSuccess(answer) && read.code !== '' && statusOf(answer) < 500;
	session.note({
		fact: 'A refused account',
		verdict: isRead ? 'holds' : 'differs',
		seen: inBrief(answer),
		answers: [answer],
		...(!isRead && {
			change: isSuccess(answer)
				? 'nothing: Juspay takes an IFSC that is none'
				: 'readRefusal(): read this body',
		}),
	});
	if (isSuccess(answer)) await known.takeIn(answer);
}

/** Deletes what the check created. */
export async function remove(session: Session): Promise<void> {
	// Nobody else uses the customer: whatever it has was created here, seen at the time or not.
	const listed = readAccounts(
		bodyOf(await session.send(contract.listAccounts(session.reference, '', 0))),
		session.reference,
	);
	for (const { id } of listed?.accounts ?? []) {
		session.created.add(id);
		session.hide(id);
	}
	let first: { seen: string; isRead: boolean; answers: Answer[] } | undefined;
	for (const id of session.created) {
		const { value, answers } = await session.watch(
			async () => await session.client.send(contract.deleteAccount(session.reference, id, '')),
		);
		first ??= { seen: inBrief(answers[0]), isRead: value.ok, answers };
		const after = contract.getAccount(session.reference, id, '');
		const isGone = kindOf(after, await session.send(after)) === 'missing';
		if (value.ok || isGone) session.created.delete(id);
	}
	if (!first) return;
	const { seen, isRead, answers } = first;
	const left = session.created.size;
	const deleted = find(bodyOf(answers[0]), 'bank_account_status') ? ', as the predecessor' : '';
	session.note({
		fact: 'Delete an account',
		verdict: isRead ? 'holds' : 'differs',
		seen: `${seen}${deleted}${left > 0 ? `; ${left} accounts are left` : ''}`,
		answers,
		...(!isRead && { change: 'deleteAccount(), readDeleted()' }),
	});
}
