/* eslint-disable @n8n/community-nodes/no-restricted-imports -- looks at files of the project */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { IMAGES, PICTURES, SHOWN_FILE, shownNow } from '../e2e/shown';

const both = PICTURES.flatMap((name) => [`${name}-dark.png`, `${name}-light.png`]);

describe("the README's pictures", () => {
	it('show what the editor shows now; `npm run images` takes them again', async () => {
		expect(await readFile(join(IMAGES, SHOWN_FILE), 'utf8')).toBe(await shownNow());
	});

	it.each(both)('hold %s, of a size for the web', async (file) => {
		const { size } = await stat(join(IMAGES, file));
		expect(size).toBeGreaterThan(20_000);
		expect(size).toBeLessThan(400_000);
	});
});
