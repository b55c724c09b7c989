/** What the command line may show of a request: never a whole account number, VPA or key. */

const VPA = /^[\w.-]+@[A-Za-z]\w+$/;

/** The last four digits, as banks print them. */
export function maskNumber(number: string): string {
	return 'X'.repeat(Math.max(0, number.length - 4)) + number.slice(-4);
}

/** The handle's first and last two characters; a handle too short for that shows none. */
export function maskVpa(vpa: string): string {
	const at = vpa.lastIndexOf('@');
	const handle = vpa.slice(0, at);
	const shown = handle.length >= 8 ? 2 : 0;
	const hidden = '*'.repeat(Math.max(2, handle.length - 2 * shown));
	return handle.slice(0, shown) + hidden + handle.slice(handle.length - shown) + vpa.slice(at);
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** A path as it may be shown: without its query, and with anything that could be an account masked. */
export function maskPath(path: string): string {
	return (
		// Twice: some callers encode what is encoded already.
		decoded(decoded(path.split('?', 1)[0] ?? ''))
			.replace(/[\w.-]{2,}@[A-Za-z]\w+/g, maskVpa)
			.replace(/\d{9,}/g, maskNumber)
	);
}

/** The accounts of an `account_details` field, masked; nothing if it can't be read. */
export function maskAccounts(accountDetails: string | undefined): string[] {
	let accounts: unknown;
	try {
		accounts = JSON.parse(accountDetails ?? '[]');
	} catch {
		return [];
	}
	if (!Array.isArray(accounts)) return [];
	return (accounts as unknown[]).map((account) => {
		const { bank_account: bank, upi } = (account ?? {}) as Record<string, Record<string, unknown>>;
		if (typeof upi?.vpa === 'string' && VPA.test(upi.vpa)) return maskVpa(upi.vpa);
		// Fewer digits than an account has could be shown whole by a mask that leaves four.
		const number = bank?.account_number;
		return typeof number === 'string' && /^\d{9,}$/.test(number) ? maskNumber(number) : '?';
	});
}
