import { CALLS, type Call, type Counters, type FaultKind } from './types';

function forEachCall<T>(value: () => T): Record<Call, T> {
	return Object.fromEntries(CALLS.map((call) => [call, value()])) as Record<Call, T>;
}

function zero(): Counters {
	return {
		requestsTotal: 0,
		requests: forEachCall(() => 0),
		answers: {},
		answersByCall: forEachCall(() => ({})),
		unanswered: 0,
		faults: {},
		accountsMade: 0,
		duplicatesMade: 0,
		validationsStarted: 0,
		validationsRepeated: 0,
		validationsWhileUnsettled: 0,
		deletesDone: 0,
		customersMade: 0,
		peakInFlight: 0,
		peakCreatesPerCustomer: 0,
	};
}

/** Keeps the sums, and what is in flight at the moment. */
export class Tally {
	/** The same object for good, so that a test may hold on to it across a reset. */
	readonly counters = zero();

	private inFlight = 0;

	private createsByCustomer = new Map<string, number>();

	/** Everything back to zero; what is still in flight then ends without being counted. */
	reset(): void {
		Object.assign(this.counters, zero());
		this.inFlight = 0;
		this.createsByCustomer = new Map();
	}

	/**
	 * Counts a request in.
	 *
	 * @param customer whose create this is; undefined for other calls
	 * @returns to be called when it is out of flight; further calls do nothing
	 */
	arrive(call: Call, customer: string | undefined): () => void {
		const { counters, createsByCustomer } = this;
		counters.requestsTotal++;
		counters.requests[call]++;
		counters.peakInFlight = Math.max(counters.peakInFlight, ++this.inFlight);
		if (customer !== undefined) {
			const creates = (createsByCustomer.get(customer) ?? 0) + 1;
			createsByCustomer.set(customer, creates);
			counters.peakCreatesPerCustomer = Math.max(counters.peakCreatesPerCustomer, creates);
		}
		let out = false;
		return () => {
			// A request from before a reset belongs to counts that are gone.
			if (out || this.createsByCustomer !== createsByCustomer) return;
			out = true;
			this.inFlight--;
			if (customer === undefined) return;
			const creates = (createsByCustomer.get(customer) ?? 0) - 1;
			if (creates > 0) createsByCustomer.set(customer, creates);
			else createsByCustomer.delete(customer);
		};
	}

	/** Counts an answer, or with status 0 a request that never got one. */
	leave(call: Call, status: number): void {
		if (status === 0) {
			this.counters.unanswered++;
			return;
		}
		const { answers } = this.counters;
		const ofCall = this.counters.answersByCall[call];
		answers[status] = (answers[status] ?? 0) + 1;
		ofCall[status] = (ofCall[status] ?? 0) + 1;
	}

	fault(kind: FaultKind): void {
		this.counters.faults[kind] = (this.counters.faults[kind] ?? 0) + 1;
	}
}
