import { seededDice, shuffled, type Dice } from './random';
import { CALLS, type Call, type Fault, type FaultKind } from './types';

const KINDS: Record<FaultKind, true> = {
	status: true,
	statusAfter: true,
	html: true,
	htmlAfter: true,
	dropBefore: true,
	dropAfter: true,
	hang: true,
	hangAfter: true,
	lateEffect: true,
	dropLate: true,
	brokenJson: true,
	emptyBody: true,
	half: true,
	reordered: true,
	delay: true,
};

const KEYS = ['call', 'method', 'share', 'times', 'skip', 'kind'];
const HOLDING: FaultKind[] = ['hang', 'hangAfter', 'lateEffect', 'dropLate', 'delay'];
const STATUS_KEYS = ['status', 'body', 'retryAfter', 'retryAfterDate', 'contentType'];

/** Only these answer with several accounts; on others `half` and `reordered` would strike without a trace. */
const SEVERAL: Call[] = ['createAccounts', 'listAccounts'];

/** setTimeout takes no more, and would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

function isCount(value: unknown): boolean {
	return value === undefined || (Number.isInteger(value) && (value as number) >= 0);
}

function calls(fault: Fault): readonly Call[] {
	if (fault.call === undefined) return CALLS;
	return Array.isArray(fault.call) ? fault.call : [fault.call];
}

/** Throws with the reason if a fault is not one: a typo in a test must not make it pass. */
export function checkFault(fault: Fault): void {
	const problem = (what: string) => new TypeError(`No such fault: ${what}`);
	if (typeof fault !== 'object' || fault === null) throw problem('it must be an object');
	if (!Object.hasOwn(KINDS, fault.kind)) throw problem(`kind ${String(fault.kind)}`);
	const unknownCall = calls(fault).find((call) => !CALLS.includes(call));
	if (unknownCall !== undefined) throw problem(`call ${String(unknownCall)}`);
	const { share, times, skip } = fault;
	if (share !== undefined && !(share >= 0 && share <= 1)) throw problem('share must be 0 to 1');
	if (!isCount(times) || !isCount(skip)) throw problem('times and skip must be whole numbers');
	const allowed = [...KEYS];
	if (fault.kind === 'status' || fault.kind === 'statusAfter') {
		allowed.push(...STATUS_KEYS);
		if (!Number.isInteger(fault.status) || fault.status < 200 || fault.status > 599) {
			throw problem('status must be 200 to 599');
		}
		if (!isCount(fault.retryAfterDate)) throw problem('retryAfterDate must be whole seconds');
	}
	if (HOLDING.includes(fault.kind)) {
		allowed.push('forMs');
		const { forMs } = fault as { forMs?: number };
		const endless = forMs === undefined && (fault.kind === 'hang' || fault.kind === 'hangAfter');
		if (!endless && !(typeof forMs === 'number' && forMs >= 0 && forMs <= LONGEST_MS)) {
			throw problem('forMs must be a number of milliseconds');
		}
	}
	const unknownKey = Object.keys(fault).find((key) => !allowed.includes(key));
	if (unknownKey !== undefined) throw problem(`${fault.kind} has no ${unknownKey}`);
}

interface ActiveFault {
	fault: Fault;
	calls: ReadonlySet<Call>;
	dice: Dice;
	seen: number;
	struck: number;
}

/** The faults in force, and whose turn it is. */
export class Faults {
	private active: ActiveFault[] = [];

	private added = 0;

	private shuffleDice: Dice;

	constructor(private readonly seed: number) {
		this.shuffleDice = seededDice(seed);
	}

	/** @throws TypeError if it is not a fault */
	add(fault: Fault): void {
		checkFault(fault);
		const several = fault.kind === 'half' || fault.kind === 'reordered';
		this.active.push({
			fault,
			calls: new Set(calls(fault).filter((call) => !several || SEVERAL.includes(call))),
			// A dice for each: which requests one fault hits doesn't depend on the others.
			dice: seededDice(this.seed + ++this.added * 7919),
			seen: 0,
			struck: 0,
		});
	}

	clear(): void {
		this.active = [];
	}

	/** As at the start: the dice repeat too. */
	reset(): void {
		this.clear();
		this.added = 0;
		this.shuffleDice = seededDice(this.seed);
	}

	/** For `reordered`. */
	shuffle<T>(items: readonly T[]): T[] {
		return shuffled(items, this.shuffleDice);
	}

	/** The one fault that strikes this request, if any. Each fault counts every request it matches. */
	next(call: Call, method: string): Fault | undefined {
		let chosen: Fault | undefined;
		for (const entry of this.active) {
			const { fault } = entry;
			if (!entry.calls.has(call)) continue;
			if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
			entry.seen++;
			if (chosen || entry.seen <= (fault.skip ?? 0)) continue;
			if (entry.struck >= (fault.times ?? Infinity)) continue;
			if (fault.share !== undefined && entry.dice() >= fault.share) continue;
			entry.struck++;
			chosen = fault;
		}
		return chosen;
	}
}
