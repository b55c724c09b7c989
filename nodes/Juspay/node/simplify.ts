import type { INodeProperties } from 'n8n-workflow';

/** Simplified or raw. Where raw output shows more, its user adds a hint. */
export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};
