/**
 * A real n8n, for the demo and the end-to-end tests: install it, put the packed node into it, start it, speak to it.
 *
 *     const installed = await ensureN8n('v2', console.log);
 *     await installNode(userFolder, await packNode(userFolder));
 *     const n8n = await startN8n({ installed, userFolder });
 *     const client = await N8nClient.signIn(n8n.url, { email, password });
 *     const { id } = await client.putWorkflow(workflow);
 *     const execution = await client.run(id, 'Every Day');
 *     await n8n.stop();
 */
export * from './client';
export * from './execution';
export * from './install';
export * from './lock';
export * from './pack';
export * from './ports';
export * from './problem';
export * from './server';
export * from './workflow';
