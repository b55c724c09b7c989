import type { INodeProperties } from 'n8n-workflow';

/** n8n keeps wires by their output's position: one that led from Active to a payout may lead there from elsewhere. */
export const outputModeNotice: INodeProperties = {
	displayName: 'Changing this moves existing wires: check each one',
	name: 'outputModeNotice',
	type: 'notice',
	default: '',
};
