import { EmptyLists } from './emptyLists';
import { SentValidations } from './sentValidations';
import { CustomerLocks } from './customerLocks';

/** What the executions of one n8n process share about one host and merchant. */
export class ProcessState {
	readonly locks = new CustomerLocks();

	readonly validations = new SentValidations();

	readonly emptyLists = new EmptyLists();
}

/** n8n loads a node's code once per process: main in regular mode, each worker in queue mode. */
const states = new Map<string, ProcessState>();

/** The state that all executions of this process share for a host and a merchant. */
export function sharedState(host: string, merchantId: string): ProcessState {
	const key = JSON.stringify([host, merchantId]);
	let state = states.get(key);
	if (!state) states.set(key, (state = new ProcessState()));
	return state;
}
