import type {
	ICredentialType,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';
import { NodeHelpers, UnexpectedError } from 'n8n-workflow';
import { Collect, COLLECT_TYPE, NoOp, NO_OP_TYPE, Start, START_TYPE } from './helperNodes';
import { toolVariant } from './toolVariant';

/** A node as n8n loads it: a class without constructor arguments. */
export type NodeClass = new () => INodeType | IVersionedNodeType;

/** The type of the node under test, as it stands in saved workflows. */
export const JUSPAY_TYPE = 'n8n-nodes-juspay.juspay';

/** The type of the polling trigger under test. */
export const JUSPAY_TRIGGER_TYPE = 'n8n-nodes-juspay.juspayTrigger';

/** The credential type under test. */
export const JUSPAY_CREDENTIAL = 'juspayApi';

/**
 * What this package ships: file and class, imported when a test first asks for it. With `.ts`, since without it tsx finds
 * the `.json` beside a node.
 */
const SHIPPED: Record<string, [file: string, className: string]> = {
	[JUSPAY_TYPE]: ['../../nodes/Juspay/Juspay.node.ts', 'Juspay'],
	[JUSPAY_TRIGGER_TYPE]: ['../../nodes/Juspay/JuspayTrigger.node.ts', 'JuspayTrigger'],
	[JUSPAY_CREDENTIAL]: ['../../credentials/JuspayApi.credentials.ts', 'JuspayApi'],
};

const nodeClasses = new Map<string, NodeClass>([
	[START_TYPE, Start],
	[COLLECT_TYPE, Collect],
	[NO_OP_TYPE, NoOp],
]);

/**
 * Puts nodes in the place of the shipped ones, by full type name. Holds for the test file that calls it: jest gives each
 * file its own modules.
 */
export function registerNodes(nodes: Record<string, NodeClass>): void {
	for (const [type, node] of Object.entries(nodes)) nodeClasses.set(type, node);
}

async function shipped<Class>(type: string): Promise<Class> {
	const entry = SHIPPED[type];
	if (entry === undefined) throw new UnexpectedError(`Unknown type "${type}": register it first`);
	const [file, className] = entry;
	const exported = ((await import(file)) as Record<string, unknown>)[className];
	if (typeof exported !== 'function') throw new UnexpectedError(`${file} lacks ${className}`);
	return exported as Class;
}

/** A fresh instance of a shipped credential type. */
export async function credentialType(type: string): Promise<ICredentialType> {
	return new (await shipped<new () => ICredentialType>(type))();
}

/** Node types in memory, in the shape in which n8n's loader gives them to the engine. */
export class TestNodeTypes implements INodeTypes {
	private readonly loaded = new Map<string, INodeType | IVersionedNodeType>();

	/**
	 * Loads every given type; the engine asks for them synchronously later.
	 *
	 * @param types - Full type names; `...Tool` gives the tool form of a node, as in n8n.
	 * @param instances - Types that exist for this run only.
	 */
	static async load(types: string[], instances: Record<string, INodeType> = {}) {
		const nodeTypes = new TestNodeTypes();
		for (const [type, instance] of Object.entries(instances)) nodeTypes.loaded.set(type, instance);
		for (const type of types) await nodeTypes.add(type);
		return nodeTypes;
	}

	private async add(type: string): Promise<void> {
		if (this.loaded.has(type)) return;
		const isTool = type.endsWith('Tool') && !nodeClasses.has(type);
		const baseType = isTool ? type.slice(0, -'Tool'.length) : type;
		const node = new (nodeClasses.get(baseType) ?? (await shipped<NodeClass>(baseType)))();
		// n8n's loader puts the package's name before the node's own.
		node.description.name = baseType;
		this.loaded.set(type, isTool ? toolVariant(NodeHelpers.getVersionedNodeType(node)) : node);
	}

	/** @throws When the type was not loaded for this run. */
	getByName(nodeType: string): INodeType | IVersionedNodeType {
		const node = this.loaded.get(nodeType);
		if (node === undefined) throw new UnexpectedError(`Node type "${nodeType}" is not loaded`);
		return node;
	}

	/** @throws When the type was not loaded for this run. */
	getByNameAndVersion(nodeType: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(nodeType), version);
	}

	getKnownTypes() {
		return Object.fromEntries([...this.loaded.keys()].map((type) => [type, {}]));
	}

	/** The version that the editor gives to a node dragged in now. */
	newestVersion(nodeType: string): number {
		const node = this.getByName(nodeType);
		if ('nodeVersions' in node) return node.currentVersion;
		const { version, defaultVersion } = node.description;
		return defaultVersion ?? (Array.isArray(version) ? Math.max(...version) : version);
	}
}

/**
 * The description of a shipped or registered node, as n8n would load it.
 *
 * @param type - Full type name; `...Tool` for the tool form.
 */
export async function nodeDescription(type = JUSPAY_TYPE): Promise<INodeTypeDescription> {
	return (await TestNodeTypes.load([type])).getByNameAndVersion(type).description;
}
