import type { FastifyReply, FastifyRequest } from 'fastify';
import { EFFECTS, type CallInput } from './calls';
import type { Tally } from './counters';
import { answerIn, replyIn, type Answer, type Dialect, type Manner, type Reply } from './dialects';
import { badField, bodyForStatus, Refusal, refusal, unauthenticated, unknownPath } from './errors';
import type { Faults } from './faults';
import type { RateLimit } from './rate-limit';
import type { Store } from './store';
import type { Call, Fault, LoggedRequest, SimulatorSettings } from './types';
import type { Waits } from './waits';

const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_PAGE =
	'<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

/** All that one request may touch. */
export interface World {
	settings: SimulatorSettings;
	/** Those the settings name. */
	dialects: readonly Dialect[];
	limit: RateLimit | undefined;
	readonly store: Store;
	readonly tally: Tally;
	readonly faults: Faults;
	/** The last so many requests, as the settings say. */
	log: LoggedRequest[];
	readonly waits: Waits;
	readonly onRequest?: (request: LoggedRequest) => void;
}

/** What goes out on the wire. */
interface Wire {
	status: number;
	payload: string;
	contentType?: string;
	retryAfter?: string;
}

const FORM = 'application/x-www-form-urlencoded';

/** Whether the body is the one kind Juspay reads. */
function isForm(headers: FastifyRequest['headers']): boolean {
	return headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() === FORM;
}

function checkKey(authorization: string | undefined, apiKey: string): void {
	const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
	if (encoded === undefined) throw unauthenticated();
	const [user, ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
	if (user !== apiKey || password.length === 0) throw unauthenticated();
	if (password.join(':') !== '') throw unauthenticated('The password must be empty.');
}

/** What holds for every call, in the order a gateway checks it: who asks, for which merchant, then how. */
function admit(call: Call, { headers, method }: FastifyRequest, settings: SimulatorSettings): void {
	checkKey(headers.authorization, settings.apiKey);
	if (settings.merchantId !== undefined && headers['x-merchantid'] !== settings.merchantId) {
		throw refusal(403, 'UNAUTHORIZED', 'x-merchantid does not belong to this key.');
	}
	if (call === 'unknown') throw unknownPath();
	if (method === 'POST' && !isForm(headers)) {
		throw refusal(415, 'INVALID_INPUT', `The body must be ${FORM}.`);
	}
	// A UPI ID belongs to no customer.
	if (call !== 'verifyVpa' && !headers['x-routing-id']) {
		throw badField('x-routing-id', 'MISSING', 'The header x-routing-id is missing.');
	}
}

function jsonWire(status: number, body: object): Wire {
	return { status, payload: JSON.stringify(body), contentType: JSON_TYPE };
}

/** An HTTP date; rounded up, so that whoever waits for it never comes early. */
function dateIn(seconds: number): string {
	return new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000).toUTCString();
}

function cannedWire(fault: Fault): Wire {
	if (fault.kind !== 'status' && fault.kind !== 'statusAfter') {
		return { status: 502, payload: HTML_PAGE, contentType: 'text/html' };
	}
	const { status, body = bodyForStatus(status) ?? '', retryAfterDate, contentType } = fault;
	const retryAfter = retryAfterDate === undefined ? fault.retryAfter : dateIn(retryAfterDate);
	const wire =
		typeof body === 'string'
			? { status, payload: body, contentType: body.startsWith('<') ? 'text/html' : 'text/plain' }
			: jsonWire(status, body);
	return { ...wire, retryAfter, contentType: contentType ?? wire.contentType };
}

function replyWire({ status, body }: Reply): Wire {
	if (body === undefined) return { status, payload: '' };
	return { status, payload: JSON.stringify(body), contentType: JSON_TYPE };
}

/** What a fault leaves of the accounts in an answer. */
function struck(answer: Answer, fault: Fault | undefined, faults: Faults): Answer {
	if (!('accounts' in answer)) return answer;
	const { accounts } = answer;
	switch (fault?.kind) {
		case 'half':
			return { ...answer, accounts: accounts.slice(0, Math.floor(accounts.length / 2)) };
		case 'reordered':
			return { ...answer, accounts: faults.shuffle(accounts) };
		default:
			return answer;
	}
}

/** A fault's way with an answer that is ready; undefined: the socket is destroyed instead. */
function spoiled(wire: Wire, fault: Fault | undefined): Wire | undefined {
	switch (fault?.kind) {
		case 'dropAfter':
			return undefined;
		case 'statusAfter':
		case 'htmlAfter':
			return cannedWire(fault);
		case 'brokenJson':
			return {
				status: 200,
				payload: wire.payload.slice(0, Math.floor(wire.payload.length / 2)),
				contentType: JSON_TYPE,
			};
		case 'emptyBody':
			return { status: 200, payload: '' };
		default:
			return wire;
	}
}

function loggedHeaders(headers: FastifyRequest['headers']): Record<string, string> {
	const logged: Record<string, string> = {};
	for (const name in headers) {
		const value = headers[name];
		if (value !== undefined) logged[name] = typeof value === 'string' ? value : value.join(', ');
	}
	return logged;
}

function readInput(request: FastifyRequest): CallInput {
	const { customerId = '', accountId = '' } = (request.params ?? {}) as Record<string, string>;
	const isRead = typeof request.body === 'string' && isForm(request.headers);
	return {
		customerId,
		accountId,
		form: isRead ? Object.fromEntries(new URLSearchParams(request.body as string)) : {},
		query: (request.query ?? {}) as Record<string, unknown>,
	};
}

/** One request, from its arrival to its answer or its end without one. */
class Exchange {
	private readonly entry: LoggedRequest;

	private readonly leaveFlight: () => void;

	private readonly input: CallInput;

	private readonly startedAt = performance.now();

	private ended = false;

	constructor(
		private readonly world: World,
		private readonly call: Call,
		private readonly request: FastifyRequest,
		private readonly reply: FastifyReply,
	) {
		this.input = readInput(request);
		this.entry = {
			call,
			method: request.method,
			path: request.raw.url ?? '',
			headers: loggedHeaders(request.headers),
			form: this.input.form,
			status: 0,
			at: Date.now(),
			tookMs: 0,
		};
		this.log();
		this.leaveFlight = world.tally.arrive(call, this.creatingFor());
		// Fires too when the caller hangs up first: then nobody will ever see an answer.
		reply.raw.once('close', () => this.end(0));
	}

	/** Older requests than the settings keep are forgotten, so that a bench doesn't fill the memory. */
	private log(): void {
		const { log, settings } = this.world;
		log.push(this.entry);
		if (log.length > 2 * settings.keepRequests) log.splice(0, log.length - settings.keepRequests);
	}

	/** Carries the request through; a refusal given is its answer, short of limits and faults. */
	async run(refusal?: Refusal): Promise<FastifyReply> {
		const { world, call, reply } = this;
		if (world.limit && !world.limit.admits(this.startedAt)) {
			const wire = jsonWire(429, bodyForStatus(429) ?? {});
			return await this.deliver({ ...wire, retryAfter: world.settings.retryAfter });
		}
		const fault = world.faults.next(call, this.request.method);
		if (fault) {
			this.entry.fault = fault.kind;
			world.tally.fault(fault.kind);
		}
		switch (fault?.kind) {
			case 'status':
			case 'html':
				return await this.deliver(cannedWire(fault));
			case 'dropBefore':
				return this.drop();
			case 'hang':
				await this.holdSocket(fault.forMs);
				return this.drop();
			case 'lateEffect':
				// Not holdSocket: the effect comes even when the caller has gone, only a reset takes it back.
				if (!(await world.waits.start(fault.forMs).over)) return this.drop();
				break;
			case 'dropLate': {
				const { over } = world.waits.start(fault.forMs);
				this.drop();
				if (await over) this.perform(fault, refusal);
				return reply;
			}
		}
		const wire = spoiled(this.perform(fault, refusal), fault);
		if (!wire) return this.drop();
		if (fault?.kind === 'hangAfter' && !(await this.holdSocket(fault.forMs))) return this.drop();
		return await this.deliver(wire, fault?.kind === 'delay' ? fault.forMs : 0);
	}

	private perform(fault: Fault | undefined, refusal: Refusal | undefined): Wire {
		const { world, call, request } = this;
		try {
			if (refusal) throw refusal;
			admit(call, request, world.settings);
			const answer = EFFECTS[call](world, this.input);
			return replyWire(answerIn(struck(answer, fault, world.faults), this.manner()));
		} catch (error) {
			if (error instanceof Refusal) return replyWire(replyIn(error, this.manner()));
			// eslint-disable-next-line @n8n/community-nodes/require-node-api-error -- a bug of the simulator, which is no node: fastify makes a 500 of it
			throw error;
		}
	}

	private manner(): Manner {
		const { world, call, input } = this;
		const { customerId, query } = input;
		const customer = world.store.findCustomer(customerId)?.profile;
		return {
			dialects: world.dialects,
			asked: { call, customerId, customer, query },
		};
	}

	private async deliver(wire: Wire, extraMs = 0): Promise<FastifyReply> {
		const waitMs = this.world.settings.latencyMs + extraMs;
		if (waitMs > 0 && !(await this.holdSocket(waitMs))) return this.drop();
		const { reply } = this;
		if (this.ended) return reply.hijack();
		// Before the bytes leave: the caller's next request must not find this one still in flight.
		this.end(wire.status);
		reply.code(wire.status);
		if (wire.contentType !== undefined) reply.header('content-type', wire.contentType);
		if (wire.retryAfter !== undefined) reply.header('retry-after', wire.retryAfter);
		return reply.send(wire.payload);
	}

	private drop(): FastifyReply {
		this.reply.hijack();
		this.request.raw.socket.destroy();
		this.end(0);
		return this.reply;
	}

	/** @returns false when the caller hung up, or the simulator was reset or closed */
	private async holdSocket(forMs: number | undefined): Promise<boolean> {
		if (this.ended) return false;
		const wait = this.world.waits.start(forMs);
		this.reply.raw.once('close', wait.cutShort);
		return await wait.over;
	}

	private end(status: number): void {
		if (this.ended) return;
		this.ended = true;
		this.leaveFlight();
		this.entry.status = status;
		this.entry.tookMs = performance.now() - this.startedAt;
		this.world.tally.leave(this.call, status);
		this.world.onRequest?.(this.entry);
	}

	private creatingFor(): string | undefined {
		if (this.call !== 'createAccounts') return undefined;
		const { customerId } = this.input;
		return this.world.store.findCustomer(customerId)?.profile.id ?? customerId;
	}
}

/**
 * Handles one request to the Juspay side.
 *
 * @param refusal when the server already knows that it can't be carried out, e.g. a path that can't be decoded
 */
export async function handle(
	world: World,
	call: Call,
	request: FastifyRequest,
	reply: FastifyReply,
	refusal?: Refusal,
): Promise<FastifyReply> {
	return await new Exchange(world, call, request, reply).run(refusal);
}
