/** Times of one work. */
export interface Panel {
	title: string;
	bars: Array<{ name: string; seconds: number }>;
}

/** One size of one kind of work. */
export interface Point {
	/** Which line it belongs to. */
	line: string;
	accounts: number;
	seconds: number;
	/** The least that the network allows. */
	limit: number;
	/** How much n8n's process grew. */
	megabytes: number;
}

/** What the bar of the least time is called. */
export const LIMIT = 'What the network allows';

/** A grey, and colours, that have about the same contrast on white and on the near-black of dark pages. */
const TEXT = '#767d86';
const COLOURS: Record<string, string> = {
	'Its requests alone': '#5b7fa6',
	[LIMIT]: '#8b929b',
	'HTTP Request': '#b0662f',
	'one customer': '#b0662f',
};
const OURS = '#1a7f5a';

const colourOf = (name: string) => COLOURS[name] ?? OURS;

function text(x: number, y: number, content: string, style = ''): string {
	return `<text x="${x}" y="${y}"${style && ` ${style}`}>${content}</text>`;
}

const TITLE = 'font-size="15" font-weight="bold"';
const HEADING = 'font-weight="bold"';
const RIGHT = 'text-anchor="end"';
const MIDDLE = 'text-anchor="middle"';

function svg(width: number, height: number, parts: string[]): string {
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, -apple-system, 'Segoe UI', sans-serif" font-size="13" fill="${TEXT}">
${parts.join('\n')}
</svg>
`;
}

const LABELS = 230;
const BARS = 460;
const BAR = 22;

/** Draws times as bars, one panel for each work, each with a scale of its own; as an SVG without background. */
export function drawTimes(panels: Panel[]): string {
	const parts = [
		text(8, 22, 'Time of the node in n8n, in seconds: shorter is better', TITLE),
		text(8, 42, 'Medians; each panel has its own scale'),
	];
	let y = 60;
	for (const { title, bars } of panels) {
		parts.push(text(8, y + 14, title, HEADING));
		const longest = Math.max(...bars.map(({ seconds }) => seconds));
		for (const [index, { name, seconds }] of bars.entries()) {
			const top = y + 24 + index * BAR;
			const width = Math.max(1, Math.round((seconds / longest) * BARS));
			const label = `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
			parts.push(
				text(LABELS - 8, top + 12, name, RIGHT),
				`<rect x="${LABELS}" y="${top}" width="${width}" height="14" rx="2" fill="${colourOf(name)}"/>`,
				text(LABELS + width + 6, top + 12, label),
			);
		}
		y += 24 + bars.length * BAR + 16;
	}
	return svg(LABELS + BARS + 70, y, parts);
}

const SIZE = 300;
const TOP = 96;

/** Draws how time and memory grow with the number of accounts, on logarithmic scales: slope 1 is in proportion. */
export function drawGrowth(points: Point[]): string {
	const lines = [...new Set(points.map(({ line }) => line))];
	const parts = [
		text(8, 22, 'How time and memory grow with the number of accounts', TITLE),
		text(8, 42, 'Medians, loopback, 100 ms a request; dashed: the least that the network allows'),
		...lines.flatMap((line, index) => [
			`<circle cx="${66 + index * 190}" cy="60" r="4" fill="${colourOf(line)}"/>`,
			text(76 + index * 190, 64, line),
		]),
	];
	const plot = (
		left: number,
		title: string,
		value: (point: Point) => number,
		limit?: typeof value,
	) => {
		const x = scale(
			points.map(({ accounts }) => accounts),
			left,
			left + SIZE,
		);
		const values = points.flatMap((point) => [value(point), ...(limit ? [limit(point)] : [])]);
		const y = scale(values, TOP + SIZE, TOP);
		parts.push(
			text(left + SIZE / 2, TOP + SIZE + 40, 'accounts', MIDDLE),
			text(left, TOP - 6, title),
			...x.ticks.map((tick) => text(x.at(tick), TOP + SIZE + 18, short(tick), MIDDLE)),
			...y.ticks.flatMap((tick) => [
				`<path d="M${left} ${y.at(tick)}h${SIZE}" stroke="${TEXT}" stroke-opacity="0.25"/>`,
				text(left - 6, y.at(tick) + 4, short(tick), RIGHT),
			]),
		);
		for (const line of lines) {
			const its = points.filter((point) => point.line === line);
			const path = (figure: typeof value) =>
				its.map((point) => `${x.at(point.accounts)},${y.at(figure(point))}`).join(' ');
			const stroke = `fill="none" stroke="${colourOf(line)}"`;
			if (limit) {
				parts.push(
					`<polyline points="${path(limit)}" ${stroke} stroke-width="1.2" stroke-dasharray="4 4"/>`,
				);
			}
			parts.push(
				`<polyline points="${path(value)}" ${stroke} stroke-width="2"/>`,
				...its.map(
					(point) =>
						`<circle cx="${x.at(point.accounts)}" cy="${y.at(value(point))}" r="4" fill="${colourOf(line)}"/>`,
				),
			);
		}
	};
	if (points.length > 0) {
		plot(
			60,
			'seconds',
			({ seconds }) => seconds,
			({ limit }) => limit,
		);
		plot(440, 'MB that n8n grew', ({ megabytes }) => megabytes);
	}
	return svg(760, TOP + SIZE + 52, parts);
}

/** A logarithmic scale from the power of ten below the least of some numbers to the one above the most. */
function scale(numbers: number[], from: number, to: number) {
	const low = Math.floor(Math.log10(Math.min(...numbers)));
	const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...numbers))));
	const at = (number: number) =>
		Math.round(from + ((Math.log10(number) - low) / (high - low)) * (to - from));
	const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
	return { at, ticks };
}

function short(number: number): string {
	return number >= 1_000 ? `${number / 1_000}k` : String(Number(number.toPrecision(2)));
}
