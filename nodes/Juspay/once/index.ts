/**
 * Calls that change something, each so that it happens exactly once: look first, act, and after every outcome that
 * nobody knows look again.
 */
export * from './createAccounts';
export * from './customers';
export * from './deleteAccounts';
export * from './validateAccounts';
export * from './waitForValidation';
