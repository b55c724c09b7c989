import { checkHeaderText, textOf } from '../domain/check';
import type { Checked } from '../domain/check';
import type { RequestSettings } from '../domain/settings';
import type { Options } from './run';

/** Reads and checks what goes along with an item's requests. */
export function requestSettings(options: Options): Checked<RequestSettings> {
	const routingId = checkHeaderText('Routing ID', options.routingId);
	if ('problem' in routingId) return routingId;
	const gatewayId = textOf('Gateway ID', options.gatewayId);
	if ('problem' in gatewayId) return gatewayId;
	const gatewayReferenceId = textOf('Gateway Reference ID', options.gatewayReferenceId);
	if ('problem' in gatewayReferenceId) return gatewayReferenceId;
	const validationAmount = amount(options.validationAmount);
	if ('problem' in validationAmount) return validationAmount;
	const bodyFields = (options.bodyFields?.field ?? []).map(({ name, value }) => ({
		name: String(name ?? '').trim(),
		value: typeof value === 'string' ? value : JSON.stringify(value ?? ''),
	}));
	if (bodyFields.some(({ name }) => name === '')) {
		return {
			problem: {
				field: 'Body Fields',
				wrong: 'hold a field without a name',
				fix: 'Name the field, or remove it.',
			},
		};
	}
	// The node itself decides when a validation is started: a second one costs money again.
	if (bodyFields.some(({ name }) => name.toLowerCase() === 'command')) {
		return {
			problem: {
				field: 'Body Fields',
				wrong: 'contain the field "command"',
				fix: 'Remove it. To validate accounts, turn on Validate on Create, or use the operation Validate.',
			},
		};
	}
	return {
		value: {
			routingId: routingId.value,
			gatewayId: gatewayId.value,
			gatewayReferenceId: gatewayReferenceId.value,
			validationAmount: validationAmount.value,
			bodyFields,
		},
	};
}

/** A sum of money in INR, with at most two decimals. */
function amount(value: unknown): Checked<string> {
	const text = typeof value === 'number' ? String(value) : String(value ?? '').trim();
	if (text === '' || (/^\d{1,6}(\.\d{1,2})?$/.test(text) && Number(text) > 0))
		return { value: text };
	return {
		problem: {
			field: 'Validation Amount',
			wrong: 'is not an amount of money',
			fix: 'Give rupees as a plain number, e.g. 1 or 1.50.',
		},
	};
}
