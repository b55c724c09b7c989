import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { simplified } from '../account/output';
import type { Change, Snapshot } from './changes';
import { changesSince } from './changes';

/** Maximum number of accounts that Fetch Test Event shows. */
const TEST_EVENTS = 10;

/** Changes as the trigger gives them out, simplified or Juspay's own objects. */
export function itemsOf(changes: readonly Change[], simplify: boolean): INodeExecutionData[] {
	return changes.map(({ account, customerId, previousStatus }) => ({
		json: simplify
			? simplified(account, { customerId, previousStatus: previousStatus ?? '' })
			: (account.raw as IDataObject),
	}));
}

/** For building a workflow: what a first poll would report of accounts that already have a chosen status. */
export function testEvents(snapshots: readonly Snapshot[], events: readonly string[]): Change[] {
	const nothing = { customers: {}, statuses: {}, missing: {} };
	return changesSince(nothing, snapshots, events, true).changes.slice(0, TEST_EVENTS);
}
