import {
	credentialRows,
	editorRows,
	outputRows,
	stopText,
	testButtonRows,
	triggerRows,
} from './places';
import { accountRows, columnRows, settingRows, valueRows } from './input';
import { answerFailures, CALLS } from './juspay';
import { createFailures, otherFailures } from './outcomes';
import { rowOf } from './rows';
import type { Group, Row } from './rows';

const ABOUT = `# Messages

Each message of the node, its code, and what to do. Written by \`npm run docs:messages\`, which calls the node's own code.
\`<customer>\` and the like stand for what the message names.

- If **On Error** lets the workflow continue, the message is in \`error\`, what to do in \`errorHint\`, the code in
  \`errorCode\`, the parameter to correct in \`field\`, and the input item in \`row\`, counted from 1. Where the item has
  several accounts, the message also says which, for example \`(2nd bank account)\`.
- If the workflow stops, the message ends in the row and n8n's item, for example \`, row 4 of 9 [item 3]\`.
- Account numbers and UPI IDs are masked, and the API key is never shown.`;

/** All messages, grouped by where a user meets them. */
export async function groups(): Promise<Group[]> {
	return [
		{
			title: 'Test button of the credential',
			about:
				"For a host that can't be reached, n8n shows its own words, for example `ECONNREFUSED`.",
			rows: testButtonRows(),
		},
		{
			title: 'Credential',
			about:
				'Found before anything is sent. In a run, the message is in the hint of `BAD_CREDENTIAL`.',
			rows: credentialRows(),
		},
		{
			title: 'Values',
			about:
				'All rows are checked before anything is sent. Each hint ends in "Nothing was sent to Juspay for this row.", or "for this account" where the row has others.',
			rows: valueRows(),
		},
		{
			title: 'Accounts and rows',
			about: 'About where the accounts come from.',
			rows: await accountRows(),
		},
		{
			title: 'Columns',
			about: 'With **Accounts From** set to **Input Columns**.',
			rows: columnRows(),
		},
		{ title: 'Settings and options', about: 'About the node itself.', rows: await settingRows() },
		{
			title: "Juspay's answers",
			about: `If Juspay gives a code of its own, it is in \`juspayCode\`, and its ID of the request in \`juspayRequestId\`. Each hint ends in Juspay's own words, if there are any, and that ID. Messages name the request, shown here as "get the account": ${CALLS.join(', ')}.`,
			rows: answerFailures().map(rowOf),
		},
		{
			title: 'Create',
			about:
				'About accounts that were created, may have been created, or were not created to avoid duplicates. The first part of a message says why, in the words of the table above.',
			rows: createFailures().map(rowOf),
		},
		{
			title: 'Validate, delete, and create a customer',
			about: "About requests whose outcome is unknown: the node checked, and still can't tell.",
			rows: otherFailures().map(rowOf),
		},
		{
			title: 'Juspay Trigger',
			about: 'Shown in the editor, or as a failed execution, which starts the error workflow.',
			rows: await triggerRows(),
		},
		{ title: 'Editor', about: '', rows: await editorRows() },
	];
}

/** Text in a cell of a table. */
function cell(text: string): string {
	return text.replace(/[\\*_`<|[\]]/g, '\\$&').replace(/\n/g, ' ');
}

function table(rows: readonly Row[]): string {
	const lines = rows.map(
		({ message, code, todo }) => `| ${cell(message)} | ${code && `\`${code}\``} | ${cell(todo)} |`,
	);
	return ['| message | code | what to do |', '| --- | --- | --- |', ...lines].join('\n');
}

/** The whole of docs/messages.md. */
export async function messagesPage(): Promise<string> {
	const parts = (await groups()).map(({ title, about, rows }) =>
		[`## ${title}`, about, table(rows)].filter((it) => it !== '').join('\n\n'),
	);
	const hints = (await outputRows()).map((text) => `- ${cell(text)}`).join('\n');
	const stop = cell(await stopText());
	return [
		ABOUT,
		...parts,
		`## Output pane\n\nAfter a run. The counts are examples; what is zero is left out.\n\n${hints}`,
		`## If the workflow stops\n\nWithout **On Error**, the workflow stops at the first failed item. The description then also says, for example: ${stop}`,
		'',
	]
		.join('\n\n')
		.replace(/\n+$/, '\n');
}
