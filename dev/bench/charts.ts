/** Times of one work. */
export interface Panel {
	title: string;
	bars: Array<{ name: string; seconds: number }>;
}

/** A grey, and colours, that have about the same contrast on white and on the near-black of dark pages. */
const TEXT = '#767d86';
const OURS = '#1a7f5a';
const COLOURS: Record<string, string> = {
	'Its requests alone': '#5b7fa6',
	'What the network allows': '#8b929b',
	'HTTP Request': '#b0662f',
};

const LABELS = 230;
const BARS = 460;
const BAR = 22;

/** Draws bars, one panel below the other, each with a scale of its own; as an SVG without background. */
export function drawTimes(panels: Panel[]): string {
	const parts = [
		'<text x="8" y="22" font-size="15" font-weight="bold">Time of the node in n8n, in seconds: shorter is better</text>',
		'<text x="8" y="42">Medians; each panel has its own scale</text>',
	];
	let y = 60;
	for (const panel of panels) {
		parts.push(`<text x="8" y="${y + 14}" font-weight="bold">${panel.title}</text>`);
		const longest = Math.max(...panel.bars.map(({ seconds }) => seconds));
		for (const [index, { name, seconds }] of panel.bars.entries()) {
			const top = y + 24 + index * BAR;
			const width = Math.max(1, Math.round((seconds / longest) * BARS));
			parts.push(
				`<text x="${LABELS - 8}" y="${top + 12}" text-anchor="end">${name}</text>`,
				`<rect x="${LABELS}" y="${top}" width="${width}" height="14" rx="2" fill="${COLOURS[name] ?? OURS}"/>`,
				`<text x="${LABELS + width + 6}" y="${top + 12}">${seconds.toFixed(seconds < 10 ? 2 : 1)} s</text>`,
			);
		}
		y += 24 + panel.bars.length * BAR + 16;
	}
	const size = `viewBox="0 0 ${LABELS + BARS + 70} ${y}" width="${LABELS + BARS + 70}" height="${y}"`;
	return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="system-ui, -apple-system, 'Segoe UI', sans-serif" font-size="13" fill="${TEXT}">
${parts.join('\n')}
</svg>
`;
}
