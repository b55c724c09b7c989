import { ExecuteContext, LoadOptionsContext, RoutingNode } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	INodeCredentialTestResult,
	INodeListSearchResult,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import { createEmptyRunExecutionData, UnexpectedError } from 'n8n-workflow';
import { createAdditionalData, credentialsOf } from './environment';
import { NoOp, NO_OP_TYPE } from './helperNodes';
import { credentialType, JUSPAY_CREDENTIAL, JUSPAY_TYPE } from './types';
import { buildWorkflow } from './workflow';

/** The parts of a failed request that n8n's credentials tester looks at. */
interface RequestError extends Error {
	cause?: { response?: { status: number; statusText?: string }; code?: string };
}

function verdict(error: RequestError, { rules }: ICredentialTestRequest): string {
	const { response, code } = error.cause ?? {};
	if (response === undefined) return code ?? error.message;
	for (const rule of rules ?? []) {
		if (rule.type === 'responseCode' && rule.properties.value === response.status) {
			return rule.properties.message;
		}
	}
	return response.statusText || `Received HTTP status code: ${response.status}`;
}

/** The value at a dotted path, as the rules of a credential test name it. */
function valueAt(json: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], json);
}

/** Which n8n's Test button it is. */
interface TestButtonOptions {
	/** n8n 1.x takes any `ignoreHttpStatusErrors` for "ignore all of them". */
	ignoresExcept?: boolean;
}

/**
 * Presses the credential's Test button, as n8n's credentials tester does
 * (packages/cli/src/services/credentials-tester.service.ts): the class's own `test` request, sent
 * through n8n's RoutingNode.
 *
 * @param credential - Values as the user typed them; defaults are filled in.
 */
export async function testCredential(
	credential: ICredentialDataDecryptedObject,
	{ ignoresExcept = false }: TestButtonOptions = {},
): Promise<INodeCredentialTestResult> {
	const { test } = await credentialType(JUSPAY_CREDENTIAL);
	if (test === undefined) {
		return { status: 'Error', message: 'No testing function found for this credential.' };
	}
	const name = 'Temp-Node';
	const tester: INodeType = {
		description: {
			...new NoOp().description,
			name: NO_OP_TYPE,
			credentials: [{ name: JUSPAY_CREDENTIAL, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: {
						request: {
							...test.request,
							...(ignoresExcept && { ignoreHttpStatusErrors: true }),
						},
					},
					default: '',
				},
			],
		},
	};
	const workflow = await buildWorkflow(
		{ nodes: [{ name, type: NO_OP_TYPE }], credential },
		{ [NO_OP_TYPE]: tester },
	);
	const node = workflow.getNode(name);
	if (node === null) throw new UnexpectedError('The tester is missing');
	const mode = 'internal';
	const additionalData = await createAdditionalData({ workflow, mode, credential });
	const decrypted = {
		id: '1',
		name: 'Juspay account',
		type: JUSPAY_CREDENTIAL,
		data: additionalData.credentialsHelper.applyDefaults(credential, JUSPAY_CREDENTIAL),
	};
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		mode,
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	try {
		const response = await new RoutingNode(context, tester, decrypted).runNode();
		for (const rule of test.rules ?? []) {
			if (
				rule.type === 'responseSuccessBody' &&
				valueAt(response?.[0]?.[0]?.json, rule.properties.key) === rule.properties.value
			) {
				return { status: 'Error', message: rule.properties.message };
			}
		}
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return { status: 'Error', message: verdict(error as RequestError, test) };
	}
}

/** A list that the editor opens. */
interface ListSearchOptions {
	/** Name in the node's `methods.listSearch`. */
	method: string;
	/** What the form holds so far. */
	parameters?: INodeParameters;
	credential?: ICredentialDataDecryptedObject;
	/** What the user typed into the list's search box. */
	filter?: string;
}

/**
 * Opens a resource locator's list as the editor does, on n8n's LoadOptionsContext.
 *
 * @throws What the method throws; the editor then shows it in the list.
 */
export async function listSearch({
	credential,
	filter,
	method,
	parameters,
}: ListSearchOptions): Promise<INodeListSearchResult> {
	const name = 'Temp-Node';
	const type = JUSPAY_TYPE;
	const workflow = await buildWorkflow({
		nodes: [{ name, type, parameters, credentials: credentialsOf(credential) }],
		credential,
	});
	const node = workflow.getNode(name);
	if (node === null) throw new UnexpectedError('The node is missing');
	const search = workflow.nodeTypes.getByNameAndVersion(type, node.typeVersion).methods
		?.listSearch?.[method];
	if (search === undefined) throw new UnexpectedError(`The node has no list search "${method}"`);
	const additionalData = await createAdditionalData({ workflow, mode: 'internal', credential });
	// The editor sends the form as it stands, with all defaults in it.
	additionalData.currentNodeParameters = node.parameters;
	const context = new LoadOptionsContext(workflow, node, additionalData, '');
	return await search.call(context, filter);
}
