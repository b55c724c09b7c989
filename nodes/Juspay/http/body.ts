/** The body of an answer: read to its end, up to a size, and parsed. */
import { UnexpectedError } from 'n8n-workflow';
import type { Answered } from '../wire/read';

/** A number of so many digits where JSON has its values: only such an answer is worth a second look. */
const LONG_NUMBER = /(?:^|[[:,\s-])\d{16}/;

/** Strings, to be left alone, and numbers. A string that never ends is one too, so that no quote is looked at twice. */
const TOKENS = /"(?:[^"\\]|\\.)*"?|-?\d[\d.eE+-]*/gs;

/**
 * Parses JSON and keeps all digits of whole numbers: one that JavaScript can't hold comes out as a string. An account
 * number that is sent as a number would otherwise become another one.
 *
 * @returns undefined where the text is no JSON
 */
export function parseJson(text: string): unknown {
	try {
		const parsed = JSON.parse(text) as unknown;
		if (!LONG_NUMBER.test(text)) return parsed;
		return JSON.parse(text.replace(TOKENS, withQuotes)) as unknown;
	} catch {
		return undefined;
	}
}

function withQuotes(token: string): string {
	return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
}

/** How many bytes of an answer are read at most, unpacked: some 100,000 accounts. */
export const LARGEST_ANSWER = 32 * 1024 * 1024;

/** Node's code for a stream that closes before its end. */
const BROKEN = 'ERR_STREAM_PREMATURE_CLOSE';

/** A body of which n8n hands out one piece after another: a stream of Node. */
interface Body {
	on(event: 'data', listener: (piece: Uint8Array) => void): this;
	on(event: 'end' | 'close', listener: () => void): this;
	on(event: 'error', listener: (thrown: Error) => void): this;
	destroy(): void;
}

export function isStream(body: unknown): body is Body {
	return typeof body === 'object' && body !== null && 'on' in body && 'destroy' in body;
}

/**
 * Reads a body to its end. By its events: an iterator costs each of thousands of requests a stream's worth of work.
 *
 * @returns its text, or undefined as soon as there is more of it than is read
 * @throws what broke it off
 */
async function readText(body: Body, length: unknown): Promise<string | undefined> {
	const pieces: Uint8Array[] = [];
	let size = 0;
	// The length that is announced may be of packed bytes: unpacked there are more.
	const isTooLarge = () => Math.max(size, Number(length) || 0) > LARGEST_ANSWER;
	const end = await new Promise<'whole' | 'tooLarge' | 'broken'>((resolve, reject) => {
		body
			.on('data', (piece) => {
				size += piece.length;
				pieces.push(piece);
				if (!isTooLarge()) return;
				resolve('tooLarge');
				// Ends its connection too, which it would not before its first piece.
				body.destroy();
			})
			.on('end', () => resolve('whole'))
			.on('error', reject)
			.on('close', () => resolve('broken'));
	});
	if (end === 'broken') throw Object.assign(new UnexpectedError(BROKEN), { code: BROKEN });
	if (end === 'tooLarge') return undefined;
	const text = Buffer.concat(pieces).toString('utf8');
	return text.replace(/^\ufeff/, '');
}

/** What n8n's helper returns. */
export interface Response {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** Reads n8n's response; undefined where it is larger than any of Juspay's. */
export async function readResponse({
	statusCode: status,
	headers,
	body,
}: Response): Promise<Answered | undefined> {
	const text = isStream(body) ? await readText(body, headers['content-length']) : body;
	if (isStream(body) && text === undefined) return undefined;
	return {
		status,
		headers,
		body: typeof text === 'string' ? parseJson(text) : (text ?? undefined),
		...((text === undefined || text === '') && { isEmpty: true }),
	};
}
