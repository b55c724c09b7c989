/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- a command-line tool: it prints and ends */
/** `npm run check:juspay`: finds out with a sandbox key what Juspay's API is really like. */
import { Command, InvalidArgumentError } from 'commander';
import { wholeNumber } from '../wholeNumber';
import { HOSTS } from '../../nodes/Juspay/wire/contract';
import { checkJuspay } from './check';
import { checkedBaseUrl } from './hosts';
import { askSecret, confirm } from './terminal';

const WHAT_HAPPENS = `This check talks to %s with your key. It creates a customer, adds about five
made-up accounts from Juspay's sandbox test cases, validates some of them, and deletes the accounts.
It prints a report without your key, IDs or account data. Nothing is stored on this machine.
`;

interface Choices {
	baseUrl: string;
	merchantId?: string;
	gatewayId: string;
	watch: number;
	yes: boolean;
}

function toBaseUrl(text: string): string {
	const checked = checkedBaseUrl(text);
	if ('refused' in checked) throw new InvalidArgumentError(checked.refused);
	return checked.baseUrl;
}

const command = new Command('npm run check:juspay --')
	.description("Checks what Juspay's sandbox answers against nodes/Juspay/wire/contract.ts.")
	.option(
		'--base-url <url>',
		'the sandbox, or a simulator on this machine',
		toBaseUrl,
		HOSTS.sandbox,
	)
	.option('--merchant-id <id>', 'sent as x-merchantid')
	.option(
		'--gateway-id <id>',
		"to try the name of its field; 100 is the sandbox's dummy gateway",
		'100',
	)
	.option('--watch <seconds>', 'how long to watch a validation', wholeNumber(0, 3600), 30)
	.option('-y, --yes', "don't ask for confirmation; needed where the key is piped in", false);

async function main(): Promise<void> {
	const { baseUrl, merchantId, gatewayId, watch, yes } = command.parse().opts<Choices>();
	console.error(WHAT_HAPPENS.replace('%s', baseUrl));
	if (!yes && !(await confirm('Go on?'))) {
		console.error('Nothing was sent. Where the key is piped in, add --yes.');
		process.exitCode = 1;
		return;
	}
	const apiKey = await askSecret('API key of the sandbox (not shown): ');
	if (!/^[\x21-\x7e]+$/.test(apiKey)) {
		console.error('This is not an API key. Copy it from Juspay Dashboard > Settings > Security.');
		process.exitCode = 1;
		return;
	}
	const { text, isComplete } = await checkJuspay({
		baseUrl,
		apiKey,
		merchantId,
		gatewayId,
		watchMs: watch * 1000,
		progress: (line) => console.error(`  ${line}`),
	});
	console.log(`\n${text}`);
	console.error(
		'\nPlease paste the report into an issue: https://github.com/n8n-nodes-juspay/n8n-nodes-juspay/issues',
	);
	if (!isComplete) process.exitCode = 1;
}

void main();
