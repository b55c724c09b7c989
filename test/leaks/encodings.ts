/** What a text alone decides in the base64 of whatever starts with it: the last characters depend on what follows. */
const base64Start = (text: string, encoding: 'base64' | 'base64url') =>
	Buffer.from(text.slice(0, text.length - (text.length % 3))).toString(encoding);

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The ways in which a text may be written in a log, a database, a URL or a header. */
export function encodeText(text: string): Record<string, string> {
	const json = JSON.stringify(text).slice(1, -1);
	return {
		raw: text,
		json,
		'json in json': JSON.stringify(json).slice(1, -1),
		url: encodeURIComponent(text),
		html: text.replace(/[&<>"]/g, (it) => ENTITIES[it]!),
		base64: base64Start(text, 'base64'),
		base64url: base64Start(text, 'base64url'),
		hex: Buffer.from(text).toString('hex'),
	};
}
