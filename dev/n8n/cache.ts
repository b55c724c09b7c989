/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where installed n8ns are kept: for each user, so that other clones of the project share them. */
export function cacheFolder(): string {
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-juspay');
}
