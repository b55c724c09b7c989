import type { INodeProperties } from 'n8n-workflow';
import { customerId } from '../customerId';
import * as create from './create';
import { customerDetails, showFor, simplify } from './fields';
import * as get from './get';
import * as update from './update';

/** What the node can do with customers. */
export const operations = { create, get, update };

/** The resource's fields, in the order of the editor. */
export const fields: INodeProperties[] = [
	...create.fields,
	{ ...customerId, displayOptions: showFor(['get', 'update']) },
	customerDetails,
	create.onExisting,
	simplify,
];
