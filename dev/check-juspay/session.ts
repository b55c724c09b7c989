import { sleep } from 'n8n-workflow';
import { secretsOf, signature } from '../../nodes/Juspay/http/credential';
import { JuspayClient } from '../../nodes/Juspay/http/client';
import type { Call } from '../../nodes/Juspay/wire/contract';
import { ROUTING_HEADER } from '../../nodes/Juspay/wire/contract';
import { clockUntil, retryAfter } from '../../nodes/Juspay/http/clock';
import { AdaptiveLimiter } from '../../nodes/Juspay/http/limiter';
import { parseJson } from '../../nodes/Juspay/http/body';
import type { Answer } from '../../nodes/Juspay/http/transport';
import { answerOf } from '../../nodes/Juspay/http/transport';
import { MAGIC, valuesOf } from './accounts';
import { inBrief } from './answers';

/** What is known of one fact after the check. */
interface Finding {
	fact: string;
	/** Whether what Juspay does is what contract.ts assumes; undefined: it did not show. */
	holds: boolean | undefined;
	/** How it is. */
	seen: string;
	/** What to change in contract.ts where it differs. */
	change?: string;
	/** Answers that show it. */
	answers?: Answer[];
}

/** Ends the check: nothing further can be found out. */
export class Ended extends Error {}

/** What a check needs. */
export interface CheckOptions {
	baseUrl: string;
	apiKey: string;
	merchantId?: string;
	/** A gateway of the merchant's, to try the names of its field. */
	gatewayId?: string;
	/** How long to watch validations, in milliseconds. */
	watchMs: number;
	/** Tells what is being tried, without a value. */
	progress?: (line: string) => void;
}

/** Milliseconds. */
const TIMEOUT = 30_000;
const LONGEST_REST = 60_000;

/** How often a request that is answered with 429 is sent again. */
const MOST_RESTS = 3;

/** One check: its requests, its customer, what it created and what it has found. */
export class Session {
	readonly findings: Finding[] = [];

	/** Juspay's ID of the customer; empty until it is created. */
	customerId = '';

	/** The merchant's ID of the customer. */
	readonly reference = `check_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`;

	/** IDs of accounts that the check created and has not deleted. */
	readonly created = new Set<string>();

	/** The node's own client: what it reads, the node reads. */
	readonly client: JuspayClient;

	private readonly secrets: Set<string>;

	constructor(readonly options: CheckOptions) {
		const credential = this.credential(options.apiKey);
		const clock = clockUntil(undefined);
		this.client = new JuspayClient({
			send: async (call) => await this.send(call),
			limiter: new AdaptiveLimiter(1, clock),
			clock,
			maxRetries: 0,
			merchantId: options.merchantId ?? '',
			context: { host: 'juspay', timeout: TIMEOUT / 1000, secrets: secretsOf(credential) },
		});
		this.secrets = new Set([
			...secretsOf(credential),
			...(options.merchantId ? [options.merchantId] : []),
			...(options.gatewayId && options.gatewayId.length > 3 ? [options.gatewayId] : []),
			this.reference,
			...Object.values(MAGIC).flatMap(valuesOf),
		]);
	}

	private credential(apiKey: string) {
		const { baseUrl, merchantId = '' } = this.options;
		return { baseUrl, apiKey, merchantId };
	}

	/** The answers to all that `work` sends. */
	async watch<T>(work: () => Promise<T>): Promise<{ value: T; answers: Answer[] }> {
		const before = this.answers.length;
		const value = await work();
		return { value, answers: this.answers.slice(before) };
	}

	private readonly answers: Answer[] = [];

	/**
	 * Sends a request once; only one that a rate limit has turned away is sent again.
	 *
	 * @param apiKey - another key than the user's
	 */
	async send(call: Call, apiKey = this.options.apiKey): Promise<Answer> {
		for (let rests = 0; ; rests++) {
			const answer = await this.sendOnce(call, apiKey);
			if (answer.kind === 'answered' && answer.status === 429 && rests < MOST_RESTS) {
				const rest = retryAfter(answer.headers, Date.now()) ?? 1000 * 2 ** rests;
				await sleep(Math.min(rest, LONGEST_REST));
				continue;
			}
			this.answers.push(answer);
			return answer;
		}
	}

	private async sendOnce(call: Call, apiKey: string): Promise<Answer> {
		const { auth, headers } = signature(this.credential(apiKey));
		const basic = Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
		try {
			const response = await fetch(this.options.baseUrl + call.path, {
				method: call.method,
				headers: {
					...headers,
					authorization: `Basic ${basic}`,
					...(call.routingId !== '' && { [ROUTING_HEADER]: call.routingId }),
					accept: 'application/json',
				},
				...(call.form && { body: new URLSearchParams(call.form) }),
				// A redirect would carry the key to another host.
				redirect: 'manual',
				signal: AbortSignal.timeout(TIMEOUT),
			});
			return {
				kind: 'answered',
				status: response.status,
				headers: Object.fromEntries(response.headers),
				body: parseJson(await response.text()),
			};
		} catch (thrown) {
			return answerOf(thrown, false);
		}
	}

	/** Enters what was found out. */
	note(
		fact: string,
		holds: boolean | undefined,
		seen: string,
		{ answers, change }: Pick<Finding, 'answers' | 'change'> = {},
	): void {
		// A request without an answer shows nothing, so there is nothing to change.
		const isLost = answers?.length && answers.at(-1)?.kind !== 'answered';
		this.findings.push({ fact, holds: isLost ? undefined : holds, seen, answers, change });
		this.options.progress?.(fact);
	}

	/** Sends a call as the node does, and notes whether the node can read the answer; undefined: it can't. */
	async ask<T>(fact: string, call: Call<T>, change: string): Promise<T | undefined> {
		const { value, answers } = await this.watch(async () => await this.client.send(call));
		this.note(fact, value.ok, inBrief(answers[0]), { answers, change });
		return value.ok ? value.value : undefined;
	}

	/** Keeps a value out of the report. */
	hide(value: string): void {
		if (value.length > 3) this.secrets.add(value);
	}

	/** A text without anything that must not be shown. */
	clean(text: string): string {
		let shown = text;
		// The longest first: one may be part of another.
		for (const secret of [...this.secrets].sort((a, b) => b.length - a.length)) {
			shown = shown.split(secret).join('***');
		}
		return shown;
	}
}
