import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Branches, FailedResult, ItemResult } from './results';
import type { Run } from './run';
import type { OptionName } from './options';

/** What an operation's items are, and so how they leave the node. */
export interface Returned {
	/** Fields that shape them, at the end of the editor's form. */
	fields: readonly INodeProperties[];
	/** The outputs under One Output per Status; none where there is always one. */
	branches?: Branches;
}

/** What the output pane may advise after a run. */
export interface Advice {
	/** Whether running the step again changes nothing at Juspay and costs nothing. */
	mayRepeat: boolean;
	/** Whether the step can validate what it creates, and is not asked to. */
	canValidate?: boolean;
}

/** One operation of a resource: everything that the editor and the canvas show of it, and what it does. */
export interface Operation {
	/** Its name in the parameters of a workflow. */
	value: string;
	/** In the editor, and in the subtitle on the canvas. */
	label: string;
	action: string;
	description: string;
	/** Its own fields and those that it shares, in the order of the editor; each may have further conditions. */
	fields: readonly INodeProperties[];
	/** The options that it reads beside those of every operation: no other is shown, and no other counts. */
	options: readonly OptionName[];
	/** Undefined where its items have one form only. */
	returns?: Returned;
	execute(run: Run): Promise<ItemResult[]>;
	/** What the output pane's advice depends on; by default, running the step again changes nothing. */
	advice?(run: Run, results: readonly ItemResult[]): Advice;
	/** What the output pane says after a run, where it isn't what it says of accounts and customers. */
	summary?(results: readonly ItemResult[]): string[];
}

/** What the node works on. */
export interface Resource {
	value: string;
	label: string;
	/** In counts: "3 accounts". */
	noun: string;
	operations: readonly Operation[];
	/** The names that its items' fields may have, but for those of {@link failed} and of every failed item. */
	itemFields: readonly string[];
	/** What a failed item has beside what happened. */
	failed(result: FailedResult): IDataObject;
}
