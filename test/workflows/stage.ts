import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { JuspayOptions, JuspayResult } from '../engine';
import type {
	Call,
	LoggedRequest,
	Simulator,
	SimulatorOptions,
} from '../../dev/simulator/simulator';
import { credentialFor, runOn, simulatorPerTest } from '../simulated';

/** Two customers that exist. */
export const ASHA = 'cst_asha';
export const RAVI = 'cst_ravi';

export const IFSC = 'AABF0008032';

/** An account number whose last digits are the simulator's magic ones, or any four others. */
export const numberEnding = (lastFour: string) => `02629180000${lastFour}`;

/** A bank account as the node's JSON source takes it. */
export const bank = (lastFour: string) => ({ accountNumber: numberEnding(lastFour), ifsc: IFSC });

/** What a test asks the node to do, besides the operation. */
export type Asked = Omit<JuspayOptions, 'parameters' | 'credential'> & {
	parameters?: INodeParameters;
};

/** A simulator for each test of a file, and the node pointed at it. */
export interface Stage {
	readonly simulator: Simulator;
	readonly credential: NonNullable<JuspayOptions['credential']>;
	/** Runs an operation on customer accounts; customer {@link ASHA} unless said otherwise. */
	run(operation: string, asked?: Asked): Promise<JuspayResult>;
	/** What was asked of Juspay, by call. */
	sent(call: Call): LoggedRequest[];
}

/**
 * A fresh simulator before each test, closed after it.
 *
 * @param options - over {@link ASHA} and {@link RAVI} being there
 */
export function stage(options: SimulatorOptions = {}): Stage {
	const simulator = simulatorPerTest({ customers: [ASHA, RAVI], ...options });
	return {
		get simulator() {
			return simulator();
		},
		get credential() {
			return credentialFor(simulator());
		},
		run: async (operation, { parameters, ...asked } = {}) =>
			await runOn(simulator(), { operation, customerId: ASHA, ...parameters }, asked),
		sent: (call) =>
			simulator()
				.requests()
				.filter((request) => request.call === call),
	};
}

/** The value of a resource locator as the editor saves it. */
export const byId = (value: string): INodeParameters => ({
	customerAccountId: { __rl: true, mode: 'id', value },
});

/** An input item for each account ID, in the column `id`; goes with `byId('={{ $json.id }}')`. */
export const itemsFor = (ids: string[]): IDataObject[] => ids.map((id) => ({ id }));

/** Which account IDs came out of an output. */
export const idsOf = (result: JuspayResult, output = 0) =>
	result.items(output).map(({ customerAccountId }) => customerAccountId);

/** How the accounts of an output stand. */
export const statusesOf = (result: JuspayResult, output = 0) =>
	result.items(output).map(({ validationStatus }) => validationStatus);

/** What the output pane says in its one box, a line per hint. */
export const linesOf = ({ hints }: Pick<JuspayResult, 'hints'>): string[] =>
	hints.flatMap(({ message }) => message.split('<br>'));
