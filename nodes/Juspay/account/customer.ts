/** What a merchant knows of a customer; empty is not sent, so that an update leaves it as it is. */
export interface CustomerDetails {
	/** Without the country code. */
	mobileNumber: string;
	mobileCountryCode: string;
	emailAddress: string;
	firstName: string;
	lastName: string;
}

/** A customer as Juspay has it. */
export interface Customer extends CustomerDetails {
	/** Juspay's ID, `cst_…`. */
	id: string;
	/** The merchant's own. */
	objectReferenceId: string;
	dateCreated: string;
	lastUpdated: string;
	/** Juspay's object, untouched. */
	raw: Record<string, unknown>;
}
