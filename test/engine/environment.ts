/* eslint-disable @n8n/community-nodes/no-restricted-imports -- to reach the services of n8n-core; none of this ships */
import { createRequire } from 'node:module';
import {
	DataDeduplicationService,
	ErrorReporter,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	InstanceSettings,
} from 'n8n-core';
import type {
	ICheckProcessedContextData,
	ICredentialDataDecryptedObject,
	IDataDeduplicator,
	INode,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { LoggerProxy, UnexpectedError } from 'n8n-workflow';
import { TestCredentialsHelper } from './credentials';
import { credentialType, JUSPAY_CREDENTIAL } from './types';

/**
 * n8n-core brings its own copies of these two packages, and their services are looked up by class:
 * the copies that an import from here would find are other ones, and setting anything there is in
 * vain.
 */
const requireFromCore = createRequire(require.resolve('n8n-core'));
const { Container } = requireFromCore('@n8n/di') as {
	Container: { set(service: unknown, instance: unknown): void };
};
const { Logger } = requireFromCore('@n8n/backend-common') as { Logger: unknown };
const { SSHClientsManager } = requireFromCore('./execution-engine/ssh-clients-manager') as {
	SSHClientsManager: unknown;
};

let listener: ((...logged: unknown[]) => void) | undefined;

/** Prints nothing: it would drown the tests' own output. */
const SILENT = {
	debug: (...logged: unknown[]) => listener?.(...logged),
	info: (...logged: unknown[]) => listener?.(...logged),
	warn: (...logged: unknown[]) => listener?.(...logged),
	error: (...logged: unknown[]) => listener?.(...logged),
	scoped: () => SILENT,
};

/**
 * Hands on what n8n logs or reports as an error from now on.
 *
 * @param to - Gets the arguments of each call; undefined ends it.
 */
export function listenToLog(to: typeof listener): void {
	listener = to;
	LoggerProxy.init(SILENT as unknown as Parameters<typeof LoggerProxy.init>[0]);
}

let prepared = false;
let executions = 0;

/** Gives n8n-core the services that the n8n server gives it when it starts. Cheap to repeat. */
function prepareContainer(): void {
	if (prepared) return;
	prepared = true;
	Container.set(Logger, SILENT);
	Container.set(ErrorReporter, { error: SILENT.error });
	// The real constructor writes a key file into the user's home.
	const settings: Partial<InstanceSettings> = {
		instanceId: 'test',
		hmacSignatureSecret: 'test',
		n8nFolder: '/nonexistent',
	};
	Container.set(InstanceSettings, settings);
	// n8n's own starts a timer that never ends: it would keep each test file's n8n in memory, 20 MB and more.
	Container.set(SSHClientsManager, {});
	void DataDeduplicationService.init(inMemory());
}

/** n8n's table of what nodes have processed, in the order of the latest: it forgets the oldest beyond `maxEntries`. */
function inMemory(): IDataDeduplicator {
	const tables = new Map<string, Set<unknown>>();
	const tableOf = ({ workflow, node }: ICheckProcessedContextData) => {
		const name = `${workflow.id} ${node?.name ?? ''}`;
		const table = tables.get(name) ?? new Set();
		tables.set(name, table);
		return table;
	};
	return {
		checkProcessedAndRecord: async (items, _scope, context, { maxEntries = Infinity }) => {
			const table = tableOf(context);
			const processed = items.filter((item) => table.has(item));
			const added = items.filter((item) => !table.has(item));
			for (const item of added) table.add(item);
			for (const oldest of table) {
				if (table.size <= maxEntries) break;
				table.delete(oldest);
			}
			return { new: added, processed };
		},
		removeProcessed: async (items, _scope, context) => {
			for (const item of items) tableOf(context).delete(item);
		},
		clearAllProcessedItems: async (_scope, context) => tableOf(context).clear(),
		getProcessedDataCount: async (_scope, context) => tableOf(context).size,
	};
}

/** Credentials attached to each node that asks for them; none without a credential. */
export function credentialsOf(
	credential: ICredentialDataDecryptedObject | undefined,
): INode['credentials'] {
	return credential && { [JUSPAY_CREDENTIAL]: { id: '1', name: 'Juspay account' } };
}

/**
 * What the engine wants to know besides the workflow.
 *
 * @param credential - The `juspayApi` credential, as the user saved it.
 */
export async function createAdditionalData(options: {
	workflow: Pick<Workflow, 'id'>;
	mode: WorkflowExecuteMode;
	credential?: ICredentialDataDecryptedObject;
}): Promise<
	IWorkflowExecuteAdditionalData & {
		hooks: ExecutionLifecycleHooks;
		credentialsHelper: TestCredentialsHelper;
	}
> {
	prepareContainer();
	const { workflow, mode, credential } = options;
	const executionId = String(++executions);
	const unavailable = async (): Promise<never> => {
		throw new UnexpectedError('Not available in tests');
	};
	return {
		credentialsHelper: new TestCredentialsHelper(
			credential ? [await credentialType(JUSPAY_CREDENTIAL)] : [],
			credential ? { [JUSPAY_CREDENTIAL]: credential } : {},
		),
		hooks: new ExecutionLifecycleHooks(mode, executionId, {
			id: workflow.id,
			name: 'Test',
			active: false,
			activeVersionId: null,
			isArchived: false,
			createdAt: new Date(0),
			updatedAt: new Date(0),
			nodes: [],
			connections: {},
		}),
		externalSecretsProxy: new ExternalSecretsProxy(),
		executionId,
		currentNodeExecutionIndex: 0,
		variables: {},
		executeWorkflow: unavailable,
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: unavailable,
		logAiEvent() {},
		restApiUrl: 'http://localhost:5678/rest',
		instanceBaseUrl: 'http://localhost:5678/',
		formBaseUrl: 'http://localhost:5678/form',
		formWaitingBaseUrl: 'http://localhost:5678/form-waiting',
		formTestBaseUrl: 'http://localhost:5678/form-test',
		webhookBaseUrl: 'http://localhost:5678/webhook',
		webhookWaitingBaseUrl: 'http://localhost:5678/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost:5678/webhook-test',
		mcpBaseUrl: 'http://localhost:5678/mcp',
		mcpTestBaseUrl: 'http://localhost:5678/mcp-test',
	};
}
