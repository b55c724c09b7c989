import type { INode, INodeParameters, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { buildWorkflow } from '../engine/workflow';
import { ASHA, bank, byId, idsOf, itemsFor, RAVI, stage, statusesOf } from './stage';
import type { Asked } from './stage';

// Doubts are settled by looking for a while.
jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));

const on = stage();

const BY_STATUS = { outputMode: 'byStatus' };

/** Creates and validates the accounts in each item's column `accounts`, for the customer in `c`. */
const create = async (items: Asked['items'], { parameters, ...asked }: Asked = {}) =>
	await on.run('create', {
		items,
		...asked,
		parameters: {
			...BY_STATUS,
			customerId: '={{ $json.c }}',
			accountSource: 'json',
			accountsJson: '={{ $json.accounts }}',
			validateOnCreate: true,
			...parameters,
		},
	});

/** One account of each kind: active, failure, pending, unknown status. */
const OF_EACH_KIND = [bank('1191'), bank('0002'), bank('0003'), bank('0005')];

describe('one output for each status', () => {
	it('sends active accounts to the first, pending ones to the second, failed ones to the third', async () => {
		const result = await create([{ c: ASHA, accounts: OF_EACH_KIND }]);
		expect(result.outputs).toHaveLength(3);
		expect([0, 1, 2].map((output) => statusesOf(result, output))).toEqual([
			['ACTIVE'],
			['PENDING', 'IN_REVIEW'],
			['FAILURE'],
		]);
	});

	it('sorts by the status where Simplify is off, too', async () => {
		const result = await create([{ c: ASHA, accounts: OF_EACH_KIND }], {
			parameters: { simplify: false },
		});
		expect(result.outputs.map((items) => items.map(({ json }) => json.validation_status))).toEqual([
			['ACTIVE'],
			['PENDING', 'IN_REVIEW'],
			['FAILURE'],
		]);
	});

	it.each(['get', 'validate', 'getAll'])('holds for %s too', async (operation) => {
		const active = on.simulator.seedAccount(ASHA, { vpa: 'asha@upi' }, 'ACTIVE');
		const pending = on.simulator.seedAccount(ASHA, { vpa: 'rao@upi' }, 'PENDING');
		const failed = on.simulator.seedAccount(ASHA, { vpa: 'failure@upi' }, 'FAILURE');
		const isList = operation === 'getAll';
		const result = await on.run(operation, {
			items: isList ? [{}] : itemsFor([failed, pending, active]),
			parameters: { ...BY_STATUS, ...(isList ? {} : byId('={{ $json.id }}')) },
		});
		expect([0, 1, 2].map((output) => idsOf(result, output))).toEqual([
			[active],
			[pending],
			[failed],
		]);
	});
});

/** Items of which some can't be handled, for reasons of every kind. */
const MIXED = [
	{ c: ASHA, accounts: [bank('1191'), bank('0009')], row: 'a' },
	{ c: 'cst_nobody', accounts: [bank('1191')], row: 'b' },
	{ c: RAVI, accounts: [{ accountNumber: '12', ifsc: 'X' }, bank('0002')], row: 'c' },
	{ c: RAVI, accounts: [], row: 'd' },
	{ c: RAVI, accounts: [bank('0003')], row: 'e' },
];

describe("with n8n's error output", () => {
	it('there is a fourth output, and every failed account is there, whole and paired', async () => {
		const result = await create(MIXED, {
			onError: 'continueErrorOutput',
			downstream: "={{ $('Start').item.json.row }}",
		});
		expect(result.outputs).toHaveLength(4);
		expect([0, 1, 2].map((output) => statusesOf(result, output))).toEqual([
			['ACTIVE'],
			['PENDING'],
			['FAILURE'],
		]);
		expect(result.items(3)).toEqual([
			expect.objectContaining({
				errorCode: 'SETUP',
				customerId: ASHA,
				type: 'bankAccount',
				account: 'XXXXXXXXXXX0009',
			}),
			expect.objectContaining({ errorCode: 'NOT_FOUND', customerId: 'cst_nobody' }),
			expect.objectContaining({ errorCode: 'BAD_INPUT', customerId: RAVI, account: 'XX' }),
			expect.objectContaining({ errorCode: 'BAD_INPUT', customerId: RAVI }),
		]);
		expect([0, 1, 2, 3].map((output) => result.downstream(output))).toEqual([
			['a'],
			['e'],
			['c'],
			['a', 'b', 'c', 'd'],
		]);
	});
});

describe('with failed items on the regular output', () => {
	it('they go to Failure and never to Active', async () => {
		const result = await create(MIXED, { onError: 'continueRegularOutput' });
		expect(result.outputs).toHaveLength(3);
		expect(statusesOf(result, 0)).toEqual(['ACTIVE']);
		expect(statusesOf(result, 1)).toEqual(['PENDING']);
		expect(
			result.items(2).map(({ errorCode, validationStatus }) => errorCode ?? validationStatus),
		).toEqual(['SETUP', 'NOT_FOUND', 'BAD_INPUT', 'FAILURE', 'BAD_INPUT']);
		expect(result.pairedWith(2)).toEqual([0, 1, 2, 2, 3]);
	});
});

describe('on the canvas', () => {
	/** What n8n draws for the node with these parameters. */
	const outputsOf = async (parameters: INodeParameters, more: Partial<INode> = {}) => {
		const workflow = await buildWorkflow({
			nodes: [{ name: 'Juspay', type: 'n8n-nodes-juspay.juspay', parameters, ...more }],
		});
		const node = workflow.getNode('Juspay') as INode;
		const { description } = workflow.nodeTypes.getByNameAndVersion(node.type) as INodeType;
		const outputs = NodeHelpers.getNodeOutputs(workflow, node, description);
		return outputs.map((output) =>
			typeof output === 'string' ? output : (output.displayName ?? output.type),
		);
	};

	it('the error output comes after the labelled ones', async () => {
		const parameters = { resource: 'customerAccount', operation: 'create', ...BY_STATUS };
		expect(await outputsOf(parameters, { onError: 'continueErrorOutput' })).toEqual([
			'Active',
			'Pending',
			'Failure',
			'Error',
		]);
	});

	it('delete and customers run on their one output, also where the option was chosen before', async () => {
		const id = on.simulator.seedAccount(ASHA, { vpa: 'asha@upi' });
		const deleted = await on.run('delete', { parameters: { ...BY_STATUS, ...byId(id) } });
		expect(deleted.outputs.map((items) => items.length)).toEqual([1]);
		const got = await on.run('get', { parameters: { ...BY_STATUS, resource: 'customer' } });
		expect(got.outputs.map((items) => items.length)).toEqual([1]);
	});
});
