import type { Account, BankAccount, CustomerAccount, UpiId } from '../../account/types';
import type { Creation } from './creation';
import { checkCustomer } from './findExisting';

/** For a dry run: settles the missing accounts as they would be created. Changes nothing. */
export async function planMissing(creation: Creation): Promise<void> {
	const { order, known, wanted } = creation;
	if (known.isListMissing || order.onExisting === 'create') await checkCustomer(creation);
	for (const entry of wanted.open()) {
		wanted.settle(entry, accountToCreate(entry.wanted, order.customerId), 'wouldCreate');
	}
}

/** An account that does not exist yet: without an ID and a status. */
function accountToCreate(wanted: Account, customerId: string): CustomerAccount {
	const {
		accountNumber = '',
		ifsc = '',
		beneficiaryName = '',
		vpa = '',
	} = wanted as Partial<BankAccount & UpiId>;
	return {
		id: '',
		customerId,
		type: wanted.type,
		accountNumber,
		ifsc,
		beneficiaryName,
		vpa,
		status: '',
		dateCreated: '',
		lastValidated: '',
		raw: {},
	};
}
