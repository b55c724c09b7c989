import { STATUS_OUTPUTS } from '../../nodes/Juspay/account/status';
import { outputs, outputsOf } from '../../nodes/Juspay/node/operations';

const labels = (parameter: Parameters<typeof outputsOf>[0]) =>
	outputsOf(parameter).map(({ displayName, type }) => displayName ?? type);

const BY_STATUS = { resource: 'customerAccount', operation: 'create', outputMode: 'byStatus' };

describe('the outputs on the canvas', () => {
	it('are labelled as accounts are sorted', () => {
		expect(labels(BY_STATUS)).toEqual([...STATUS_OUTPUTS]);
		expect(outputsOf(BY_STATUS).every(({ type }) => type === 'main')).toBe(true);
	});

	it.each([
		{ ...BY_STATUS, outputMode: 'single' },
		{ ...BY_STATUS, outputMode: undefined },
		{ ...BY_STATUS, operation: 'delete' },
		{ ...BY_STATUS, resource: 'customer' },
		{},
	])('are one, without a label, for %j', (parameter) => {
		expect(labels(parameter as typeof BY_STATUS)).toEqual(['main']);
	});

	it('are told by a text that n8n can evaluate alone, with nothing from around it', () => {
		const text = outputs.replace(/^=\{\{|\}\}$/g, '');
		// eslint-disable-next-line @n8n/community-nodes/no-dangerous-functions -- n8n evaluates the same text as an expression
		const alone = new Function('$parameter', `return (${text});`) as typeof outputsOf;
		expect(alone(BY_STATUS)).toEqual(outputsOf(BY_STATUS));
		expect(alone({})).toEqual(outputsOf({}));
		expect(text).not.toContain('}}');
	});
});
