import type { TopLevelSpec } from 'vega-lite';

/** Times of one work. */
export interface Panel {
	title: string;
	/** A line below the title; may be empty. */
	note: string;
	bars: Array<{ subject: string; seconds: number }>;
}

/** Greys and colours that have about the same contrast on white and on the near-black of dark pages. */
const TEXT = '#767d86';
const COLOURS: Record<string, string> = {
	'Juspay node': '#1a7f5a',
	'HTTP Request': '#b0662f',
	'HTTP Request, batching': '#8a7a3d',
};

/**
 * Draws times as bars, one panel for each work, each with a scale of its own.
 *
 * @returns an SVG without background
 */
export async function drawTimes(panels: Panel[]): Promise<string> {
	// Both are ES modules.
	const [{ compile }, { parse, View }] = await Promise.all([import('vega-lite'), import('vega')]);
	const subjects = Object.keys(COLOURS);
	const spec: TopLevelSpec = {
		$schema: 'https://vega.github.io/schema/vega-lite/v6.json',
		background: 'transparent',
		padding: 8,
		spacing: 18,
		title: {
			text: 'Time of the node in n8n, in seconds: shorter is better',
			subtitle: 'Medians, at 100 ms a request; each panel has its own scale',
		},
		vconcat: panels.map(({ title, note, bars }) => ({
			width: 460,
			height: { step: 22 },
			title: {
				text: title,
				subtitle: note,
				anchor: 'start',
				fontSize: 13,
				frame: 'group' as const,
			},
			data: { values: bars.map((bar) => ({ ...bar, label: `${bar.seconds.toFixed(1)} s` })) },
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
			font: 'system-ui, -apple-system, "Segoe UI", sans-serif',
			view: { stroke: null },
			title: { color: TEXT, subtitleColor: TEXT, anchor: 'start', fontSize: 15, offset: 12 },
			axis: {
				labelColor: TEXT,
				labelFontSize: 13,
				labelLimit: 240,
				minExtent: 160,
				ticks: false,
				domainColor: TEXT,
			},
			text: { fontSize: 13 },
		},
	};
	const view = new View(parse(compile(spec).spec), { renderer: 'none' });
	try {
		return await view.toSVG();
	} finally {
		view.finalize();
	}
}
