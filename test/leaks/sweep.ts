import type { IRun } from 'n8n-workflow';
import { findLeaks, type Leak } from './leaks';
import { textsIn } from './texts';

/** What a workflow was given. */
interface Run {
	credential?: Record<string, unknown>;
	items?: unknown[];
	nodes: Array<{ parameters?: unknown }>;
}

/** What it left behind. */
interface Result {
	raw: IRun;
}

/** The soak and load tests use the engine without jest. */
const inJest = typeof afterEach === 'function';

const runs: Array<{ run: Run; result: Result }> = [];

/** Has a run searched for secrets when the test that it belongs to has ended, whatever the test itself looks at. */
export function sweepLater(run: Run, result: Result): void {
	if (inJest) runs.push({ run, result });
}

/**
 * Where a run shows what it must not: the API key anywhere in the execution, account numbers and UPI IDs in what the
 * nodes say. The items are each test's own business: without Simplify, they contain whole account numbers.
 */
export function leaksOf({ credential, items, nodes }: Run, { raw }: Result): Leak[] {
	const key = String(credential?.apiKey ?? '').trim();
	const { runData, error } = raw.data.resultData;
	const said = Object.values(runData)
		.flat()
		.flatMap((run) => [run.error, run.hints]);
	// n8n keeps the node itself with an error, as the user has filled it in.
	const words = textsIn([said, error], (name) => name === 'node');
	const given = textsIn([items, nodes.map(({ parameters }) => parameters)]).join('\n');
	return [
		...(key.length < 8 ? [] : findLeaks(textsIn(raw), [key])),
		...findLeaks(words, accountsIn(given)),
	];
}

/** What may be an account number or a UPI ID. */
function accountsIn(text: string): string[] {
	return text.match(/\b\d{9,18}\b|[\w.-]{3,}@[a-z]{2,}\b/gi) ?? [];
}

if (inJest) {
	afterEach(() => {
		const leaks = runs.splice(0).flatMap(({ run, result }) => leaksOf(run, result));
		expect(leaks).toEqual([]);
	});
}
