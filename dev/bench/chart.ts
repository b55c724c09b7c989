import type { TopLevelSpec } from 'vega-lite';

/** Times of one work. */
export interface Panel {
	title: string;
	bars: Array<{ subject: string; seconds: number }>;
}

/** A grey that has about the same contrast on white and on the near-black of dark pages. */
export const TEXT = '#767d86';

/** What the bar of the least time is called. */
export const LIMIT = 'What the network allows';

/** Colours with that contrast. */
const COLOURS: Record<string, string> = {
	'Juspay node': '#1a7f5a',
	'Juspay node, mapped manually': '#1a7f5a',
	'Its requests alone': '#5b7fa6',
	[LIMIT]: '#8b929b',
	'HTTP Request': '#b0662f',
};

/**
 * Draws times as bars, one panel for each work, each with a scale of its own.
 *
 * @returns an SVG without background
 */
export async function drawTimes(panels: Panel[]): Promise<string> {
	const subjects = Object.keys(COLOURS);
	return await svgOf({
		$schema: 'https://vega.github.io/schema/vega-lite/v6.json',
		background: 'transparent',
		padding: 8,
		spacing: 18,
		title: {
			text: 'Time of the node in n8n, in seconds: shorter is better',
			subtitle: 'Medians; each panel has its own scale',
		},
		vconcat: panels.map(({ title, bars }) => ({
			width: 460,
			height: { step: 22 },
			title: {
				text: title,
				anchor: 'start',
				fontSize: 13,
				frame: 'group' as const,
			},
			data: { values: bars.map((bar) => ({ ...bar, label: labelOf(bar.seconds) })) },
			encoding: {
				y: { field: 'subject', type: 'nominal' as const, sort: subjects, axis: { title: null } },
				x: {
					field: 'seconds',
					type: 'quantitative' as const,
					axis: null,
					scale: { domainMin: 0, nice: false },
				},
			},
			layer: [
				{
					mark: { type: 'bar' as const, cornerRadiusEnd: 2, height: 14 },
					encoding: {
						color: {
							field: 'subject',
							type: 'nominal' as const,
							scale: { domain: subjects, range: Object.values(COLOURS) },
							legend: null,
						},
					},
				},
				{
					mark: { type: 'text' as const, align: 'left' as const, dx: 6, color: TEXT },
					encoding: { text: { field: 'label', type: 'nominal' as const } },
				},
			],
		})),
		resolve: { scale: { x: 'independent', y: 'independent' } },
		config: {
			view: { stroke: null },
			axis: {
				labelColor: TEXT,
				labelFontSize: 13,
				labelLimit: 360,
				minExtent: 190,
				ticks: false,
				domainColor: TEXT,
			},
			text: { fontSize: 13 },
		},
	});
}

function labelOf(seconds: number): string {
	return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}

/** Draws a chart, with the fonts and the title that all of them have. */
export async function svgOf(spec: TopLevelSpec): Promise<string> {
	// Both are ES modules.
	const [{ compile }, { parse, View }] = await Promise.all([import('vega-lite'), import('vega')]);
	const styled = {
		...spec,
		config: {
			font: 'system-ui, -apple-system, "Segoe UI", sans-serif',
			title: {
				color: TEXT,
				subtitleColor: TEXT,
				anchor: 'start' as const,
				fontSize: 15,
				offset: 12,
			},
			...spec.config,
		},
	};
	const view = new View(parse(compile(styled).spec), { renderer: 'none' });
	try {
		return await view.toSVG();
	} finally {
		view.finalize();
	}
}
