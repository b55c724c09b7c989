/** What the bench asks of n8n, as the body of its call to a workflow's webhook. */
export interface Order {
	/** Tells runs apart; part of the customers' IDs. */
	run: string;
	/** How many rows, one account each. */
	accounts: number;
	/** How many customers they belong to, in turn. */
	customers: number;
	/** Whether this run only warms n8n up: it also makes n8n give unused memory back to the system first. */
	warmUp: boolean;
	/** Where to put a CPU profile of the node; empty: none is made. */
	profile: string;
}

/** What n8n answers: how the nodes between Rows and Stop Watch did. */
export interface Reading {
	/** The nodes' wall time as n8n notes it in the execution (`executionTime`), in milliseconds. */
	milliseconds: number;
	/** Rows for which an account's ID came out. */
	answered: number;
	/** Rows for which an error came out, or nothing. */
	unanswered: number;
	/** The first error, shortened. */
	error?: string;
	cpuMs: number;
	memoryBefore: number;
	memoryPeak: number;
}
