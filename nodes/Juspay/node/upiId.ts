import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { checkVpa, counted, LONGEST_NAME } from '../account/check';
import { maskVpa, shownText } from '../account/mask';
import type { Verification } from '../account/types';
import { verifyUpiId } from '../once';
import { BY_STATUS, isSimplified, returnsByStatus } from './fields';
import { runItems } from './items';
import type { Done, Request } from './items';
import type { Operation, Resource } from './operation';
import { isFailed } from './results';
import type { ItemResult } from './results';
import type { Run } from './run';
import { listed, withErrors } from './summary';

const vpa: INodeProperties = {
	displayName: 'UPI ID',
	name: 'vpa',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 9164326296@upi',
	description: 'UPI ID (virtual payment address, VPA) to verify. This costs nothing.',
};

/** One item's UPI ID, checked. */
interface UpiIdRequest extends Request {
	vpa: string;
	routingId: string;
}

/** Asks about each distinct UPI ID once, whatever its case. */
async function execute(run: Run): Promise<ItemResult[]> {
	const keyOf = (it: UpiIdRequest) => JSON.stringify([it.vpa.toLowerCase(), it.routingId]);
	const results = await runItems<UpiIdRequest, Verification>(run, {
		read: ({ item }) => ({
			item,
			vpa: checkVpa(run.read('vpa', item)),
			routingId: run.options(item).settings.routingId,
		}),
		sameKey: keyOf,
		groupKey: keyOf,
		subjectOf: () => ({}),
		work: async (requests) => {
			const session = await run.session;
			return await Promise.all(
				requests.map(async (request) => await verifyUpiId(session, request.vpa, request.routingId)),
			);
		},
	});
	return results.map((it) => (isFailed(it) ? it : shaped(run, it)));
}

function shaped(run: Run, { request, value }: Done<UpiIdRequest, Verification>): ItemResult {
	const { item } = request;
	const { status, customerName, mandateSupported = null, raw } = value;
	const json: IDataObject = isSimplified(run, item)
		? {
				upiId: maskVpa(request.vpa),
				valid: status === 'VALID',
				status,
				customerName: shownText(customerName, LONGEST_NAME) || null,
				mandateSupported,
			}
		: (raw as IDataObject);
	return { item, json, status };
}

/** E.g. "3 UPI IDs: 2 valid, 1 invalid." */
function summary(results: readonly ItemResult[]): string[] {
	const count = (status: string) =>
		results.filter((it) => !isFailed(it) && it.status === status).length;
	const failed = results.filter(isFailed).length;
	const said = listed([
		[count('VALID'), 'valid'],
		[count('INVALID'), 'invalid'],
		withErrors(failed),
	]);
	return said ? [`${counted(results.length, 'UPI ID')}: ${said}.`] : [];
}

/** UPI ID: Verify. */
const verify: Operation = {
	value: 'verify',
	label: 'Verify',
	action: 'Verify UPI ID',
	description: 'Check whether a UPI ID exists, and to whom it belongs, without a penny drop',
	fields: [vpa],
	options: [],
	returns: returnsByStatus(
		'UPI IDs',
		'UPI IDs',
		{ ...BY_STATUS, description: 'Two outputs: Valid and Invalid' },
		{
			names: ['Valid', 'Invalid'],
			of: (status) => (status === 'VALID' ? 0 : 1),
			firstIsEmpty: 'no UPI ID is valid',
		},
	),
	execute,
	summary,
};

/** What a failed item has beside what happened: the keys of one that was verified. */
const NOTHING_KNOWN = {
	upiId: null,
	valid: null,
	status: null,
	customerName: null,
	mandateSupported: null,
};

/** What the node can do with UPI IDs that belong to no customer yet. */
export const upiId: Resource = {
	value: 'upiId',
	label: 'UPI ID',
	noun: 'UPI ID',
	operations: [verify],
	itemFields: Object.keys(NOTHING_KNOWN),
	failed: () => NOTHING_KNOWN,
};
