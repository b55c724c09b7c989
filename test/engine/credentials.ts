import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INodeCredentialsDetails,
	INodeProperties,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { ICredentialsHelper, NodeHelpers, UnexpectedError } from 'n8n-workflow';

async function unavailable(): Promise<never> {
	throw new UnexpectedError('Not available in tests');
}

/**
 * Credentials from memory, otherwise treated as n8n treats them (packages/cli/src/credentials-helper.ts): defaults filled
 * in, and requests signed by the credential class's own `authenticate`. Expressions in them stay as they are.
 */
export class TestCredentialsHelper extends ICredentialsHelper {
	/**
	 * @param types - The credential types at hand.
	 * @param stored - What the user saved, by credential type.
	 */
	constructor(
		private readonly types: ICredentialType[],
		private readonly stored: Record<string, ICredentialDataDecryptedObject>,
	) {
		super();
	}

	getCredentials = unavailable;

	updateCredentials = unavailable;

	updateCredentialsOauthTokenData = unavailable;

	private type(name: string): ICredentialType {
		const type = this.types.find((candidate) => candidate.name === name);
		if (type === undefined) throw new UnexpectedError(`Unknown credential type "${name}"`);
		return type;
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type(typeName);
		if (typeof authenticate !== 'function') return await unavailable();
		return await authenticate(credentials, options);
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.stored[type];
		if (stored === undefined) throw new UnexpectedError(`No credential of type "${type}"`);
		return this.applyDefaults(structuredClone(stored), type);
	}

	/** The stored values with defaults filled in. */
	applyDefaults(
		stored: ICredentialDataDecryptedObject,
		type: string,
	): ICredentialDataDecryptedObject {
		return NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			stored as IDataObject as Parameters<typeof NodeHelpers.getNodeParameters>[1],
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.type(type).properties;
	}
}
