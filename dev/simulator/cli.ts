/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- a command-line tool: it prints, and stops on signals */
import { Command } from 'commander';
import { wholeNumber } from '../wholeNumber';
import { DIALECT_NAMES, DIALECTS, type DialectName } from './dialects';
import { maskAccounts, maskPath } from './masking';
import { startSimulator, type LoggedRequest } from './simulator';

const SHOWN_ACCOUNTS = 3;
const DEMO_CUSTOMER = 'customer_1122';

const MAGIC_VALUES = `  account number ends in   UPI ID starts with   validation
  0002                     failure              FAILURE
  0003                     pending              PENDING for ever
  0004                     slow                 PENDING for three times --validation-time (1 s or more), then ACTIVE
  0005                     review               IN_REVIEW, a status no reference names
  0009                     reject               refused with 400 INVALID_ACCOUNT_DETAILS
  anything else            anything else        ACTIVE`;

/** What is no dialect, the simulator refuses. */
function dialectNames(text: string): DialectName[] {
	return text.split(',').map((name) => name.trim()) as DialectName[];
}

function dialectHelp(): string {
	const width = Math.max(...DIALECT_NAMES.map((name) => name.length));
	const lines = DIALECT_NAMES.map(
		(name) => `  ${name.padEnd(width)}  ${DIALECTS[name].description}`,
	);
	return `\nDialects:\n${lines.join('\n')}`;
}

const longestMs = 2 ** 31 - 1;
const milliseconds = wholeNumber(0, longestMs);

const command = new Command('simulator')
	.description('A stand-in for Juspay on this machine: no key, no money.')
	.option('--port <number>', 'port to listen on, 0 = any free one', wholeNumber(0, 65535), 8777)
	.option('--api-key <key>', 'the key that is let in', 'sim_api_key')
	.option('--merchant-id <id>', 'demand this x-merchantid')
	.option('--latency <ms>', 'milliseconds before each answer', milliseconds, 0)
	.option('--validation-time <ms>', 'milliseconds a validation is PENDING', milliseconds, 0)
	.option('--customer <ids...>', 'customers that exist from the start', [DEMO_CUSTOMER])
	.option('--any-customer', 'every customer exists, except those starting with "missing"', false)
	.option(
		'--requests-per-second <number>',
		'answer 429 beyond this many',
		wholeNumber(1, 1_000_000),
	)
	.option(
		'--dialect <names>',
		'how Juspay answers: a dialect from the list below, or several, separated by commas',
		dialectNames,
	)
	.addHelpText('after', dialectHelp());

interface CliOptions {
	port: number;
	apiKey: string;
	merchantId?: string;
	latency: number;
	validationTime: number;
	customer: string[];
	anyCustomer: boolean;
	requestsPerSecond?: number;
	dialect?: DialectName[];
}

function line(request: LoggedRequest): string {
	const accounts = maskAccounts(request.form.account_details);
	const more = accounts.length > SHOWN_ACCOUNTS ? ` +${accounts.length - SHOWN_ACCOUNTS}` : '';
	const shown =
		accounts.length > 0 ? ` [${accounts.slice(0, SHOWN_ACCOUNTS).join(', ')}${more}]` : '';
	const command = ['validate', 'delete'].includes(request.form.command ?? '')
		? ` command=${request.form.command}`
		: '';
	const answer = request.status === 0 ? 'no answer' : String(request.status);
	const fault = request.fault ? ` (fault: ${request.fault})` : '';
	const time = new Date(request.at).toISOString().slice(11, 23);
	const path = maskPath(request.path);
	const text = `${time} ${request.method} ${path}${command}${shown} -> ${answer}${fault} ${request.tookMs.toFixed(1)} ms`;
	// A line break in a decoded path would let a request write lines of its own.
	return text.replace(/[^\x20-\x7e]/g, '?');
}

function welcome(url: string, options: CliOptions): string {
	const customers = options.anyCustomer
		? 'every ID, except those starting with "missing"'
		: options.customer.join(', ');
	const dialects = options.dialect ? `\nDialects: ${options.dialect.join(', ')}` : '';
	const merchantId = options.merchantId ? `\n  Merchant ID  ${options.merchantId}` : '';
	return `Juspay simulator at ${url}

In n8n, make a credential "Juspay API" with
  Environment  Custom
  Base URL     ${url}
  API Key      ${options.apiKey}${merchantId}

Customers: ${customers}${dialects}

Validations go by these magic values:
${MAGIC_VALUES}

Ctrl-C stops it.
`;
}

/** What to tell the user about an error; no stack, they did not write this. */
function reason(error: unknown, { port }: CliOptions): string {
	switch ((error as { code?: string }).code) {
		case 'EADDRINUSE':
			return `Port ${port} is already in use: stop what uses it, or choose another with --port (0 = any free one).`;
		case 'EACCES':
			return `Port ${port} may not be used by you: choose one above 1023 with --port.`;
		default:
			return error instanceof Error ? error.message : String(error);
	}
}

async function main(): Promise<void> {
	const options = command.parse().opts<CliOptions>();
	try {
		const simulator = await startSimulator({
			port: options.port,
			apiKey: options.apiKey,
			merchantId: options.merchantId,
			latencyMs: options.latency,
			validationMs: options.validationTime,
			customers: options.customer,
			anyCustomer: options.anyCustomer,
			requestsPerSecond: options.requestsPerSecond,
			dialect: options.dialect,
			onRequest: (request) => console.log(line(request)),
		});
		console.log(welcome(simulator.url, options));
		for (const signal of ['SIGINT', 'SIGTERM'] as const) {
			process.once(signal, () => void simulator.close());
		}
	} catch (error) {
		console.error(reason(error, options));
		process.exitCode = 1;
	}
}

void main();
