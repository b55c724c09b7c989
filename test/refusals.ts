import type { ErrorCode } from '../nodes/Juspay/http/failure';

/** One refusal, as Juspay's documents, samples and SDK show them; the words are ours. */
export interface RefusalRow {
	name: string;
	status: number;
	/** Empty text: no body at all. */
	body: object | '';
	/** The node's own code. */
	code: ErrorCode;
	juspayCode?: string;
	requestId?: string;
	/** What the message says of the cause. */
	says: RegExp;
	/** Whether it leaves open if a call that changes something has taken effect. */
	isDoubt?: true;
	/** What the Test button makes of it; nothing: it isn't a refusal. */
	test: 'green' | RegExp;
}

const REJECTED = /^Juspay rejected the API key\./;
const NO_KEY = /^Juspay re(?:ceived no|jected the) API key\./;
const FORBIDDEN = /^Juspay refused access\..*portal\.juspay\.in\/settings\/security/;
const NOT_ACCEPTED = /^Juspay didn't accept the request of this test/;
const UNCHECKED = /^Juspay (?:answered, but didn't check the API key|didn't accept the request)/;
const NOT_JUSPAY = /^This address answered, but not like Juspay\./;
const UNREAD = /^Juspay answered in the form of another of its products/;

const REJECTS = /^Juspay rejected the API key$/;
const MISSING = /^Juspay has no account banh_1 for customer cst_1$/;

const info = (code: string, words: string, more: object = {}) => ({
	code,
	developer_message: words,
	user_message: 'Sorry.',
	category: 'USER_ERROR',
	...more,
});

/** 130 gateways. */
const GATEWAYS = `Should be in fromList [${Array.from({ length: 130 }, (_, index) => `(${index},GW_${index})`).join(',')}]`;

const outer = (status: string, error_code: string, error_message: string, error_info?: object) => ({
	status,
	error_code,
	error_message,
	...(error_info && { error_info }),
});

const ROWS: Array<Pick<RefusalRow, 'name' | 'body' | 'says'> & Partial<RefusalRow>> = [
	{
		name: 'a wrong key',
		status: 401,
		body: {
			status: 'error',
			error_code: 'access_denied',
			error_info: info('UNAUTHORIZED', 'This key is unknown.', { request_id: 'req-1' }),
		},
		code: 'KEY_REJECTED',
		juspayCode: 'UNAUTHORIZED',
		requestId: 'req-1',
		says: REJECTS,
		test: REJECTED,
	},
	{
		name: 'a wrong key, only error_info',
		status: 401,
		body: { error_info: info('UNAUTHORIZED', 'This key is unknown.', { request_id: 'req-2' }) },
		code: 'KEY_REJECTED',
		juspayCode: 'UNAUTHORIZED',
		requestId: 'req-2',
		says: REJECTS,
		test: REJECTED,
	},
	{
		name: 'no key',
		status: 401,
		body: outer('error', 'missing_authentication', 'There is no key.'),
		code: 'KEY_REJECTED',
		juspayCode: 'missing_authentication',
		says: REJECTS,
		test: NO_KEY,
	},
	{
		name: 'a wrong key in camelCase',
		status: 401,
		body: {
			errorCode: 'E02',
			errorMessage: 'This key is unknown',
			userMessage: 'Unauthorized',
			errorInfo: { code: 'UNAUTHORIZED', developerMessage: 'This key is unknown' },
		},
		code: 'KEY_REJECTED',
		juspayCode: 'UNAUTHORIZED',
		says: REJECTS,
		test: REJECTED,
	},
	{
		name: 'a foreign IP address',
		status: 403,
		body: {
			error: true,
			error_message: 'Internal error.',
			user_message: 'Bad origin.',
			error_info: info('BAD_ORIGIN', 'This address is not on the list'),
		},
		code: 'IP_NOT_ALLOWED',
		juspayCode: 'BAD_ORIGIN',
		says: /^Juspay doesn't accept requests from your n8n server's IP address$/,
		test: FORBIDDEN,
	},
	{
		name: 'a missing customer',
		status: 404,
		body: outer(
			'invalid_request_error',
			'object_not_found',
			'None',
			info('RESOURCE_NOT_FOUND', 'There is no such account.'),
		),
		code: 'NOT_FOUND',
		juspayCode: 'RESOURCE_NOT_FOUND',
		says: MISSING,
		test: 'green',
	},
	{
		name: 'a missing customer, status "error"',
		status: 404,
		body: outer('error', 'object_not_found', 'None', info('OBJECT_NOT_FOUND', 'None')),
		code: 'NOT_FOUND',
		juspayCode: 'OBJECT_NOT_FOUND',
		says: MISSING,
		test: 'green',
	},
	{
		name: 'a missing customer, no error_info',
		status: 404,
		body: outer('invalid_request_error', 'object_not_found', 'None'),
		code: 'NOT_FOUND',
		juspayCode: 'object_not_found',
		says: MISSING,
		test: 'green',
	},
	{
		name: 'a missing customer with 400',
		body: outer('error', 'invalid_request', 'Customer not found'),
		code: 'NOT_FOUND',
		juspayCode: 'invalid_request',
		says: MISSING,
	},
	{
		name: 'something missing with 400, prose as its code',
		body: outer(
			'ERROR',
			'None there',
			'None there for this ID',
			info('RESOURCE_NOT_FOUND', 'None there for this ID', { request_id: 'req-7' }),
		),
		code: 'NOT_FOUND',
		juspayCode: 'RESOURCE_NOT_FOUND',
		requestId: 'req-7',
		says: MISSING,
	},
	{
		name: 'a missing customer, wrapped',
		status: 404,
		body: {
			response: {
				errorMessage: 'No such customer',
				error: true,
				userMessage: 'No such customer',
				errorCode: 'E09',
			},
			code: 404,
		},
		code: 'NOT_FOUND',
		juspayCode: 'E09',
		says: MISSING,
		test: UNREAD,
	},
	{
		name: 'an unknown path',
		status: 404,
		body: '',
		code: 'NOT_JUSPAY',
		says: /^host doesn't have this address \(status 404 without a body\)$/,
		test: NOT_JUSPAY,
	},
	{
		name: 'a duplicate customer',
		body: outer('error', 'unique', 'Not free', info('ALREADY_EXISTS', 'This customer exists')),
		code: 'ALREADY_EXISTS',
		juspayCode: 'ALREADY_EXISTS',
		says: /^Juspay says that this was done before \(\w+ the account\)$/,
	},
	{
		name: 'a duplicate customer, no error_info',
		body: outer('error', 'unique', 'Not free'),
		code: 'ALREADY_EXISTS',
		juspayCode: 'unique',
		says: /^Juspay says that this was done before/,
	},
	{
		name: 'something done before',
		body: outer(
			'ERROR',
			'invalid_request',
			'Not a second time',
			info('ALREADY_EXISTS', 'This command has been carried out', {
				href: 'NA',
				request_id: 'req-3',
			}),
		),
		code: 'ALREADY_EXISTS',
		juspayCode: 'ALREADY_EXISTS',
		requestId: 'req-3',
		says: /^Juspay says that this was done before/,
	},
	{
		name: 'another request at work',
		body: {
			status: 'error',
			error_code: 'duplicate_request',
			error_info: info('DUPLICATE_REQUEST', 'One for this identifier is in process'),
		},
		code: 'BUSY',
		juspayCode: 'DUPLICATE_REQUEST',
		says: /^Juspay is still processing another request for this customer$/,
		isDoubt: true,
		test: UNCHECKED,
	},
	{
		name: 'mandatory fields, prose as the code',
		body: outer(
			'Bad Request',
			'Mandatory fields are missing',
			'Mandatory fields are missing',
			info('INVALID_INPUT', 'Invalid input', {
				fields: [{ field_name: 'account_details', reason: 'Mandatory' }],
			}),
		),
		juspayCode: 'INVALID_INPUT',
		says: /: Mandatory fields are missing$/,
	},
	{
		name: 'something invalid, no error_info',
		body: outer('Invalid Request', 'bad_request', 'This command is unknown'),
		juspayCode: 'bad_request',
		says: /: This command is unknown$/,
	},
	{
		name: 'an empty value',
		body: {
			status: 'Invalid Request',
			error_code: 'Invalid Request',
			error_info: info('INVALID_INPUT', 'Invalid input', {
				fields: [{ field_name: 'ifsc', reason: 'Empty' }],
			}),
		},
		juspayCode: 'INVALID_INPUT',
		says: /^Juspay rejected the request to/,
	},
	{
		name: 'the cause in error_message alone',
		body: outer(
			'error',
			'invalid_request',
			'Bad request, the mobile number has a letter',
			info('INVALID_INPUT', 'Invalid request params', { request_id: 'req-4' }),
		),
		juspayCode: 'INVALID_INPUT',
		requestId: 'req-4',
		says: /: Bad request, the mobile number has a letter$/,
	},
	{
		name: 'the cause in user_message alone',
		body: {
			error: true,
			error_message: 'BAD_REQUEST',
			user_message: 'Have Juspay turn this on',
			error_info: info('INVALID_INPUT', 'Invalid request params.', {
				user_message: 'Invalid request params. Check your input.',
				request_id: 'req-5',
			}),
		},
		juspayCode: 'INVALID_INPUT',
		requestId: 'req-5',
		says: /: Have Juspay turn this on$/,
	},
	{
		name: 'a code outside, UNKNOWN_ERROR inside',
		body: {
			status: 'ERROR',
			error_code: 'INVALID_BLOCK',
			error_message: 'The block has to be false',
			status_id: -1,
			error_info: info('UNKNOWN_ERROR', 'The block has to be false', {
				user_message: 'INVALID_BLOCK',
				category: 'UNKNOWN',
				request_id: 'req-6',
				fields: [{ field_name: 'block', reason: 'Not this' }],
			}),
		},
		juspayCode: 'INVALID_BLOCK',
		requestId: 'req-6',
		says: /: The block has to be false$/,
	},
	{
		name: 'an unknown gateway, with all that there are',
		body: outer(
			'invalid_request_error',
			'INVALID_REQUEST',
			GATEWAYS,
			info('INVALID_INPUT', 'Invalid input data', {
				fields: [{ field_name: 'gateway_id', reason: GATEWAYS }],
			}),
		),
		juspayCode: 'INVALID_INPUT',
		says: /: Gateway ID is a number, such as 100 for the sandbox's dummy gateway$/,
	},
	{
		name: 'no gateway for it',
		body: outer('Bad Request', 'invalid_request_error', 'There is no suitable gateway'),
		juspayCode: 'invalid_request_error',
		says: /: There is no suitable gateway$/,
	},
	{
		name: 'a gateway that is missing',
		body: {
			status: 'error',
			error_code: 'invalid_request',
			error_info: info('GATEWAY_NOT_FOUND', 'There is no gateway', { category: 'CONFIG_ERROR' }),
		},
		code: 'SETUP',
		juspayCode: 'GATEWAY_NOT_FOUND',
		says: /: There is no gateway$/,
	},
	{
		name: 'a feature that is off',
		body: {
			status: 'error',
			error_code: 'invalid_request',
			error_info: info('FEATURE_NOT_ENABLED', 'This merchant does not have it', {
				category: 'CONFIG_ERROR',
			}),
		},
		code: 'SETUP',
		juspayCode: 'FEATURE_NOT_ENABLED',
		says: /: This merchant does not have it$/,
	},
	{
		name: 'a refusal in camelCase',
		body: {
			errorCode: 'invalid_request',
			errorMessage: 'The amount is too high',
			userMessage: 'Invalid',
		},
		juspayCode: 'invalid_request',
		says: /: The amount is too high$/,
	},
	{
		name: 'error_info as JSON text',
		body: {
			status: 'error',
			error_code: 'invalid_request',
			error_info: JSON.stringify(info('INVALID_INPUT', 'The IFSC is unknown')),
		},
		juspayCode: 'INVALID_INPUT',
		says: /: The IFSC is unknown$/,
	},
	{
		name: 'a network that said no',
		status: 500,
		body: {
			error_info: info('NETWORK_ERROR_CODE', 'The network said no', {
				category: 'SERVER_ERROR',
				request_id: 'req-8',
			}),
		},
		code: 'UNAVAILABLE',
		juspayCode: 'NETWORK_ERROR_CODE',
		requestId: 'req-8',
		says: /^Juspay is currently unavailable \(status 500\)$/,
		isDoubt: true,
		test: UNCHECKED,
	},
	{
		name: 'trouble in other words',
		status: 200,
		body: { success: false, list: [], total: 0 },
		code: 'UNREADABLE_ANSWER',
		says: /^Juspay's answer can't be read/,
		isDoubt: true,
		test: NOT_JUSPAY,
	},
];

export const REFUSALS = ROWS.map(
	(row): RefusalRow => ({
		status: 400,
		code: 'REFUSED',
		test: NOT_ACCEPTED,
		...row,
	}),
);
