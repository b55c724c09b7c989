import type { INode } from 'n8n-workflow';
import type { Workflow } from '../../dev/n8n';

/** A rectangle on n8n's canvas. */
interface Area {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** Sizes of n8n 2.40's canvas. */
const NODE = 96;
const LABEL_GAP = 8;
const LINE = 20;
/** A label breaks where it is wider than twice its node. */
const LABEL_WIDEST = 2 * NODE;
const CHARACTER = 8;
/** The line is this long once the output has had items. */
const PLUS_LINE = 80;
const PLUS = 24;

const STICKY = 'n8n-nodes-base.stickyNote';

export function isNote({ type }: INode): boolean {
	return type === STICKY;
}

/** The sticky notes. */
export function notes(workflow: Workflow): Area[] {
	return workflow.nodes.filter(isNote).map((node) => {
		const { width, height } = node.parameters as { width: number; height: number };
		return area(node.name, node.position, width, height);
	});
}

/** The boxes of the nodes. */
export function boxes(workflow: Workflow): Area[] {
	return workflow.nodes
		.filter((node) => !isNote(node))
		.map((node) => area(node.name, node.position, NODE, heightOf(workflow, node)));
}

/** Each node's name, and what stands below it. */
export function labels(workflow: Workflow): Area[] {
	return boxes(workflow).map(({ name, left, bottom }) => {
		const { notes: text, notesInFlow } =
			workflow.nodes.find((node) => node.name === name) ?? ({} as Partial<INode>);
		const width = Math.min(
			LABEL_WIDEST,
			Math.max(name.length, notesInFlow ? (text ?? '').length : 0) * CHARACTER,
		);
		const lines = Math.ceil((name.length * CHARACTER) / LABEL_WIDEST) + 1;
		const middle = left + NODE / 2;
		return area(name, [middle - width / 2, bottom + LABEL_GAP], width, lines * LINE);
	});
}

/** The "+" that n8n draws at the end of a short line, at each output that leads nowhere. */
export function pluses(workflow: Workflow): Area[] {
	return workflow.nodes
		.filter((node) => !isNote(node) && !leadsOn(workflow, node))
		.map((node) => {
			const [left, top] = node.position;
			const at: [number, number] = [left + NODE, top + NODE / 2 - PLUS / 2];
			return area(`+ of ${node.name}`, at, PLUS_LINE + PLUS, PLUS);
		});
}

function leadsOn({ connections }: Workflow, { name }: INode): boolean {
	return Object.keys(connections[name] ?? {}).length > 0;
}

/** Whether two areas have anything in common. */
export function overlap(a: Area, b: Area): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function heightOf({ connections }: Workflow, { name }: INode): number {
	const outputs = connections[name]?.main?.length ?? 1;
	return NODE + Math.max(0, outputs - 2) * 32;
}

function area(name: string, [left, top]: [number, number], width: number, height: number): Area {
	return { name, left, top, right: left + width, bottom: top + height };
}
