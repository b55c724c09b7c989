/**
 * Calls that change something, each so that it happens exactly once: look first, act, and after every outcome that
 * nobody knows look again.
 */
export * from './create';
export * from './customers';
export { accountsOfCustomer, getAccount, getCustomer, listAccounts, verifyUpiId } from './look';
export { similarRow } from './messages';
export * from './remove';
export type { Session } from './session';
export { openSession } from './session';
export * from './validate';
export * from './wait';
export { isSentField } from '../wire/contract';
