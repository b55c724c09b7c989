/* eslint-disable import-x/no-unresolved -- the plugin does not read the wildcard in the SDK's "exports"; tsc and Node do */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { untilServed } from '../n8n';

/** The names of the values that a tool wants. */
export const valuesOf = ({ inputSchema }: Tool) => Object.keys(inputSchema.properties ?? {});

/** An AI assistant's side of MCP, without an assistant: the official client. */
export interface Assistant {
	/** The tools that it is offered; `inputSchema` has the values to fill in. */
	tools(): Promise<Tool[]>;
	/** Calls a tool; resolves with the text of its answer, also where that is an error. */
	call(name: string, values: Record<string, unknown>): Promise<{ text: string; failed: boolean }>;
	close(): Promise<void>;
}

/**
 * Connects to an MCP server over streamable HTTP.
 *
 * @param url - the MCP Server Trigger's Production URL
 * @param token - of its bearer authentication, if it has one
 */
export async function connectAssistant(url: string, token?: string): Promise<Assistant> {
	await untilServed(url, 'POST');
	const client = new Client({ name: 'juspay-demo', version: '1.0.0' });
	const requestInit = token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } };
	const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit });
	// The SDK's types are not made for `exactOptionalPropertyTypes`.
	await client.connect(transport as Transport);
	return {
		tools: async () => (await client.listTools()).tools,
		call: async (name, values) => {
			const { content, isError } = await client.callTool({ name, arguments: values });
			const parts = content as Array<{ type: string; text?: string }>;
			return { text: parts.map(({ text = '' }) => text).join('\n'), failed: isError === true };
		},
		close: async () => await client.close(),
	};
}
