import { isSentField } from '../../nodes/Juspay/wire/contract';

describe("a field of the user's own", () => {
	it.each([
		...['amount', 'command', 'account_details', 'customer_id', 'object_reference_id', 'vpa'],
		...['merchant_id', 'gateway_id', 'routing_id', 'mobile_number'],
		// In other forms, in which Juspay or a proxy might read the same name.
		...['Amount', ' amount ', 'amount[]', '[amount]', 'amount[0].value', '"amount"', "'amount'"],
		...['accountDetails', 'account-details', 'account_details[0].upi'],
		...['%61mount', 'amount%5B%5D', 'ａｍｏｕｎｔ', '.amount', 'a.m.o.u.n.t', '[["amount"]][0]'],
	])('is not %j: the node sends it itself', (name) => {
		expect(isSentField(name)).toBe(true);
	});

	it.each([
		...['metadata', 'metadata.amount', 'metadata[amount]', 'udf1', 'amounts', 'my_amount', ''],
		...['%', '%E0', 'order', 'order.amount'],
	])('may be %j', (name) => {
		expect(isSentField(name)).toBe(false);
	});
});
