import type { IAuthenticate, ICredentialType, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { readCredential, signature } from '../nodes/Juspay/http/credential';
import { credentialTest } from '../nodes/Juspay/http/credentialTest';

export class JuspayApi implements ICredentialType {
	name = 'juspayApi';

	displayName = 'Juspay API';

	icon = { light: 'file:juspay.svg', dark: 'file:juspay.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-juspay/n8n-nodes-juspay#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			default: 'sandbox',
			description: 'Sandbox and production use different API keys',
			options: [
				{ name: 'Sandbox', value: 'sandbox' },
				{ name: 'Production', value: 'production' },
				{ name: 'Custom', value: 'custom' },
			],
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://juspay.example.com',
			description: 'Address of a proxy or test server to use instead of Juspay',
			displayOptions: { show: { environment: ['custom'] } },
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'From Juspay Dashboard: Settings > Security',
		},
		{
			displayName: 'Merchant ID',
			name: 'merchantId',
			type: 'string',
			default: '',
			placeholder: 'e.g. merchant_1122',
			description:
				'Your merchant ID at Juspay, which asks for it on every call. Upper and lower case count.',
		},
		{
			displayName:
				"If the test says ECONNREFUSED, ENOTFOUND or that the service refused the connection, your n8n server can't reach Juspay. Check 'Environment' and 'Base URL', and whether the server needs a proxy or a firewall blocks it.",
			name: 'connectionNotice',
			type: 'notice',
			default: '',
		},
	];

	/** A function rather than n8n's generic form: no expressions to evaluate on each of thousands of requests. */
	authenticate: IAuthenticate = async (data, request) => {
		const credential = readCredential(data);
		if (credential.fault) throw new UserError(credential.fault);
		const { auth, headers } = signature(credential);
		return { ...request, auth, headers: { ...request.headers, ...headers } };
	};

	test = credentialTest;
}
