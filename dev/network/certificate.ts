/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- this runs on a developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../n8n/problem';
import { run } from '../n8n/run';

/** A certificate for this machine, signed by itself. */
export interface Certificate {
	key: string;
	cert: string;
	/** Where the certificate is, for `NODE_EXTRA_CA_CERTS`. */
	certFile: string;
	keyFile: string;
}

/** Where a folder keeps them. */
export function filesIn(folder: string): Pick<Certificate, 'keyFile' | 'certFile'> {
	return { keyFile: join(folder, 'front.key'), certFile: join(folder, 'front.crt') };
}

/**
 * Makes a certificate for 127.0.0.1, valid for two days.
 *
 * @param folder - gets the key and the certificate
 */
export async function makeCertificate(folder: string): Promise<Certificate> {
	const { keyFile, certFile } = filesIn(folder);
	const { ok, ended, output } = await run('openssl', [
		...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
		...['-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'],
		...['-keyout', keyFile, '-out', certFile],
	]);
	if (!ok) throw new Problem(`openssl made no certificate: ${ended}. Install it.\n${output}`);
	return { ...(await readCertificate(keyFile, certFile)), keyFile, certFile };
}

/** Reads what {@link makeCertificate} made. */
export async function readCertificate(
	keyFile: string,
	certFile: string,
): Promise<Pick<Certificate, 'key' | 'cert'>> {
	return { key: await readFile(keyFile, 'utf8'), cert: await readFile(certFile, 'utf8') };
}
