const ERROR = [
	...['error', 'errorHint', 'errorCode', 'juspayCode', 'juspayRequestId', 'field', 'row'],
	...['customerId', 'customerAccountId', 'validationStatus', 'outcome', 'type', 'account'],
];

const BY_RESOURCE: Record<string, string[]> = {
	customerAccount: [
		...['ifsc', 'beneficiaryName', 'lastValidated', 'validation', 'dryRun', 'deleted'],
	],
	customer: [
		...['objectReferenceId', 'firstName', 'lastName', 'emailAddress', 'mobileCountryCode'],
		...['mobileNumber', 'dateCreated', 'lastUpdated', 'dryRun'],
	],
	upiId: ['upiId', 'valid', 'status', 'customerName', 'mandateSupported'],
};

/** The name of every field that a resource's items may have: an input field of that name comes out as `input_…`. */
export function outputFieldsOf(resource: string): ReadonlySet<string> {
	return new Set([...ERROR, ...(BY_RESOURCE[resource] ?? [])]);
}
