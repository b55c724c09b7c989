/** What a merchant may add to a create or a validation. */
export interface RequestSettings {
	/** Empty: the customer's ID. */
	routingId: string;
	gatewayId: string;
	gatewayReferenceId: string;
	/** In INR; empty: Juspay's own default, 1. */
	validationAmount: string;
	/** Sent as they stand. */
	bodyFields: Array<{ name: string; value: string }>;
}
