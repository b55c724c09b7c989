import { seededDice, shuffled, type Dice } from './random';
import { CALLS, type Call, type Fault } from './types';

/** Only these answer with several accounts; on others `half` and `reordered` would strike without a trace. */
const SEVERAL: Call[] = ['createAccounts', 'listAccounts'];

function calls(fault: Fault): readonly Call[] {
	if (fault.call === undefined) return CALLS;
	return Array.isArray(fault.call) ? fault.call : [fault.call];
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

	add(fault: Fault): void {
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
