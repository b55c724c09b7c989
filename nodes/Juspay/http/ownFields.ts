import { SENT_FIELDS } from '../wire/contract';

const plain = (name: string) =>
	name
		.normalize('NFKC')
		.replace(/[^\p{L}\p{N}]/gu, '')
		.toLowerCase();

const OWN = new Set([...SENT_FIELDS].map(plain));

/**
 * True for the name of a field that the node sends in any call, in any case and form: `amount`, `amount[]`,
 * `Amount `, `account_details[0].upi`, `accountDetails`. Of a name with brackets or dots, the outermost part counts: what
 * stands in `metadata` is the caller's own.
 */
export function isOwnField(name: string): boolean {
	let decoded = name;
	try {
		decoded = decodeURIComponent(name);
	} catch {
		// It stands for itself.
	}
	const [first = ''] = decoded.replace(/^[\s.[\]"']+/, '').split(/[.[\]]/);
	return OWN.has(plain(first)) || OWN.has(plain(name));
}
