/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { resolve } from 'node:path';
import { packNode } from '../../dev/n8n';

/**
 * Once for all end-to-end tests: builds and packs the node, and leaves the tarball's path in `E2E_TARBALL`. Set before,
 * that variable names a tarball to be tested as it is: one that npm has published, or one broken on purpose.
 */
export default async function pack(): Promise<void> {
	process.env.E2E_TARBALL ??= await packNode(resolve(__dirname, '../../.cache/e2e'));
}
