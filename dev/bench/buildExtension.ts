/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

/**
 * Compiles the bench's own nodes (in `extension/`).
 *
 * @param folder - gets a folder with them
 * @returns path of that folder, for `N8N_CUSTOM_EXTENSIONS`
 */
export async function buildExtension(folder: string): Promise<string> {
	const source = join(__dirname, 'extension');
	const target = join(folder, 'extension');
	await mkdir(target, { recursive: true });
	for (const file of await readdir(source)) {
		const { outputText } = transpileModule(await readFile(join(source, file), 'utf8'), {
			compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
		});
		await writeFile(join(target, `${basename(file, '.ts')}.js`), outputText);
	}
	return target;
}
