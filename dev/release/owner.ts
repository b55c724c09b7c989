import { repositoryOf, type Manifest } from './release';

/** The fields of package.json that name the owner: the one place to fill them in. */
export type OwnedManifest = Pick<Manifest, 'repository'> & { author: { name: string } };

const REPOSITORY = /(github(?:usercontent)?\.com\/)[\w-]+\/n8n-nodes-juspay(?![\w-])/g;

/**
 * A file of the project with the owner's names as package.json has them: the repository wherever it is linked to, and
 * the author in the LICENSE.
 */
export function withNames(file: string, text: string, manifest: OwnedManifest): string {
	const named = text.replace(REPOSITORY, `$1${repositoryOf(manifest)}`);
	return file === 'LICENSE'
		? named.replace(/^(Copyright \(c\) [\d-]+ ).*$/m, `$1${manifest.author.name}`)
		: named;
}
