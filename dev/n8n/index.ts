/**
 * A real n8n for the demo and the end-to-end tests, with the packed node in it and a simulator of Juspay next to it.
 *
 *     const stage = await openStage({ tarball: await packNode(folder) });
 *     const { id } = await stage.importWorkflow(workflow);
 *     const execution = await stage.client.run(id, 'Every Day');
 *     await stage.close();
 */
export * from './client';
export * from './execution';
export * from './install';
export * from './lock';
export * from './pack';
export * from './ports';
export * from './problem';
export * from './server';
export * from './stage';
export * from './workflow';
