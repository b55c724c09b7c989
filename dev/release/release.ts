/** The parts of package.json that a release depends on. */
export interface Manifest {
	name: string;
	version: string;
	author: { name: string };
	repository: { url: string };
	n8n: { nodes: string[]; credentials: string[] };
}

/** What a release starts from. */
interface Release {
	/** The tag that was pushed, e.g. `1.0.0`. */
	tag: string;
	manifest: Manifest;
	/** The text of CHANGELOG.md. */
	changelog: string;
	/** Where the workflow runs, e.g. `owner/name`; undefined on a developer's machine. */
	repository?: string;
}

/** `owner/name` of the repository that package.json names. */
export function repositoryOf({ repository: { url } }: Pick<Manifest, 'repository'>): string {
	return url.replace(/^git\+https:\/\/github\.com\//, '').replace(/\.git$/, '');
}

/**
 * The notes of a release: its section of the changelog.
 *
 * @returns the text, or what doesn't agree
 */
export function releaseNotes({
	tag,
	manifest,
	changelog,
	repository,
}: Release): { text: string; fault?: undefined } | { fault: string } {
	const { version } = manifest;
	if (tag !== version) return { fault: `The tag is ${tag}, but package.json says ${version}.` };
	const named = repositoryOf(manifest);
	if (repository !== undefined && repository !== named) {
		// npm refuses the provenance otherwise, with an unhelpful message.
		return {
			fault: `This runs in ${repository}, but package.json names ${named}. See docs/publishing.md.`,
		};
	}
	const [, section] = changelog.split(`\n## ${version}\n`);
	const text = section?.split('\n## ')[0]?.trim();
	return text ? { text } : { fault: `CHANGELOG.md has no section "## ${version}".` };
}

/**
 * What a tarball lacks of the files that n8n loads: without them n8n installs the package and can't use it.
 *
 * @param paths - what the tarball contains, e.g. `package/dist/nodes/…`
 */
export function missingFiles({ n8n }: Pick<Manifest, 'n8n'>, paths: string[]): string[] {
	const codexes = n8n.nodes.map((file) => file.replace(/\.js$/, '.json'));
	const icons = ['dist/nodes/Juspay', 'dist/credentials'].flatMap((folder) => [
		`${folder}/juspay.svg`,
		`${folder}/juspay.dark.svg`,
	]);
	const needed = [...n8n.nodes, ...codexes, ...n8n.credentials, ...icons, 'index.js'];
	return needed.filter((file) => !paths.includes(`package/${file}`));
}

const REPOSITORY = /(github(?:usercontent)?\.com\/)[\w-]+\/n8n-nodes-juspay(?![\w-])/g;

/**
 * A file of the project with the owner's names as package.json has them: the repository wherever it is linked to, and
 * the author in the LICENSE.
 */
export function withNames(
	file: string,
	text: string,
	manifest: Pick<Manifest, 'repository' | 'author'>,
): string {
	const named = text.replace(REPOSITORY, `$1${repositoryOf(manifest)}`);
	return file === 'LICENSE'
		? named.replace(/^(Copyright \(c\) [\d-]+ ).*$/m, `$1${manifest.author.name}`)
		: named;
}
