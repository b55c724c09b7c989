import { untilServed } from '../n8n';
import { until } from '../until';

/** The page that a form ends with. */
interface LastPage {
	title: string;
	message: string;
	/** The content of the file that the page lets the browser download. */
	file?: string;
}

const ANSWER_WITHIN_MS = 90_000;

/**
 * Fills in one of n8n's forms and sends it, as the script in its page does in a browser: waits while the workflow runs,
 * opens the page that it then offers, and tells n8n that it is shown.
 *
 * @param url - the form's Production URL
 * @param values - for the form's fields, in their order
 */
export async function submitForm(url: string, values: Array<string | File>): Promise<LastPage> {
	await untilServed(url);
	const form = new FormData();
	for (const [index, value] of values.entries()) form.set(`field-${index}`, value);
	const sent = await fetch(url, { method: 'POST', body: form });
	const { formWaitingUrl } = (await sent.json()) as { formWaitingUrl?: string };
	if (!formWaitingUrl) throw new Error(`The form at ${url} has no further page (${sent.status})`);

	await untilWaiting(new URL(formWaitingUrl, url));
	const page = await (await fetch(formWaitingUrl)).text();
	await fetch(formWaitingUrl, { method: 'POST' });
	const file = fileIn(page);
	return {
		title: textOf(page, 'h1'),
		message: textOf(page, 'p'),
		...(file === undefined ? {} : { file }),
	};
}

/** n8n tells the page how the execution is getting on; it waits for the page when there is one to show. */
async function untilWaiting(waiting: URL): Promise<void> {
	const status = new URL(waiting);
	status.pathname += '/n8n-execution-status';
	await until(
		'the last page of the form',
		async () => {
			const now = (await (await fetch(status)).text()).trim();
			if (['running', 'new', 'waiting'].includes(now)) return false;
			if (now === 'form-waiting') return true;
			throw new Error(`The form's workflow ended without a last page: ${now.slice(0, 100)}`);
		},
		{ withinMs: ANSWER_WITHIN_MS },
	);
}

/** As n8n 1.x and 2.x put a file into the page, for its script: one of them (or none, as an empty string), or a list. */
interface FileInPage {
	data: string | { data: number[] };
}

function fileIn(page: string): string | undefined {
	const [, encoded] = /JSON\.parse\(decodeURIComponent\("([^"]+)"\)\)/.exec(page) ?? [];
	if (encoded === undefined) return undefined;
	const files = [JSON.parse(decodeURIComponent(encoded))].flat() as Array<FileInPage | ''>;
	const [file] = files;
	if (!file) return undefined;
	const { data } = file;
	const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data.data);
	return bytes.toString('utf8');
}

function textOf(page: string, tag: string): string {
	const inside = new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`).exec(page)?.[1] ?? '';
	return decode(inside.replace(/<[^>]+>/g, '')).trim();
}

function decode(html: string): string {
	const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
	return html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => named[name] ?? '');
}
