import { HOSTS } from '../../nodes/Juspay/wire/contract';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The address to check, if it may be checked: Juspay's sandbox, or a simulator on this machine.
 *
 * @returns the address without a slash at its end, or why it is refused
 */
export function checkedBaseUrl(text: string): { baseUrl: string } | { refused: string } {
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		return { refused: `${text} is not a URL. Example: ${HOSTS.sandbox}` };
	}
	const sandbox = new URL(HOSTS.sandbox).hostname;
	const isLoopback = LOOPBACK.includes(url.hostname);
	const isSandbox = url.hostname === sandbox || url.hostname.endsWith(`.${sandbox}`);
	// The key is sent in every request: in the clear only where it doesn't leave the machine.
	const isSafe = url.protocol === 'https:' || (isLoopback && url.protocol === 'http:');
	if (!(isLoopback || isSandbox) || !isSafe || url.username || url.password || url.search) {
		return {
			refused: `This check creates accounts and starts validations, so it only runs against Juspay's sandbox (${HOSTS.sandbox}) or a simulator on this machine.`,
		};
	}
	return { baseUrl: (url.origin + url.pathname).replace(/\/+$/, '') };
}
