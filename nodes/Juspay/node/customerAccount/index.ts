import type { INodeProperties } from 'n8n-workflow';
import * as create from './create';
import * as deletion from './delete';
import {
	customerAccountId,
	customerOfAccount,
	outputMode,
	outputModeNotice,
	simplify,
} from './fields';
import * as get from './get';
import * as getAll from './getAll';
import * as validate from './validate';

/** What the node can do with customer accounts. */
export const operations = { create, delete: deletion, get, getAll, validate };

/** The resource's fields, in the order of the editor. */
export const fields: INodeProperties[] = [
	...create.fields,
	customerOfAccount,
	customerAccountId,
	...validate.fields,
	...getAll.fields,
	simplify,
	outputMode,
	outputModeNotice,
];
