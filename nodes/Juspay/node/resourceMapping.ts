import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { COLUMN_FIELDS } from '../account/headers';

/** The columns that Create reads from a row. They are the same for everyone: nothing is asked of Juspay. */
export async function getAccountColumns(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return {
		fields: COLUMN_FIELDS.map(({ name, label }) => ({
			id: name,
			displayName: label,
			type: 'string',
			required: name === 'customerId',
			display: true,
			defaultMatch: false,
			canBeUsedToMatch: false,
		})),
	};
}
