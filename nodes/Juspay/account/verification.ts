/** What Juspay says of a UPI ID. */
export interface Verification {
	status: 'VALID' | 'INVALID';
	/** As given when the UPI ID was registered; empty where Juspay doesn't say. */
	customerName: string;
	/** Whether its handle takes mandates; undefined where Juspay doesn't say. */
	mandateSupported: boolean | undefined;
	/** Juspay's object. */
	raw: Record<string, unknown>;
}
