import type { TopLevelSpec } from 'vega-lite';
import { svgOf, TEXT } from './chart';

/** One size of one kind of work. */
export interface Point {
	/** Which line it belongs to. */
	line: string;
	accounts: number;
	seconds: number;
	/** The least that the network allows. */
	limit: number;
	/** How much n8n's process grew, in MB. */
	megabytes: number;
}

const COLOURS = ['#1a7f5a', '#b0662f'];

/** Draws how time and memory grow with the number of accounts, on logarithmic scales: a straight line of slope 1 is in proportion. */
export async function drawGrowth(points: Point[]): Promise<string> {
	const lines = [...new Set(points.map(({ line }) => line))];
	const x = {
		field: 'accounts',
		type: 'quantitative' as const,
		scale: { type: 'log' as const },
		axis: { title: 'accounts', format: '~s', tickCount: 5, grid: false },
	};
	const y = (field: string, title: string) => ({
		field,
		type: 'quantitative' as const,
		scale: { type: 'log' as const },
		axis: { title, format: '~g', tickCount: 5, gridOpacity: 0.25 },
	});
	const color = {
		field: 'line',
		type: 'nominal' as const,
		scale: { domain: lines, range: COLOURS },
		legend: {
			title: null,
			orient: 'top' as const,
			labelColor: TEXT,
			labelFontSize: 13,
			labelLimit: 300,
		},
	};
	const measured = (field: string, title: string) => ({
		mark: { type: 'line' as const, point: { size: 45 }, strokeWidth: 2 },
		encoding: { x, y: y(field, title), color },
	});
	const spec: TopLevelSpec = {
		$schema: 'https://vega.github.io/schema/vega-lite/v6.json',
		background: 'transparent',
		padding: 8,
		spacing: 30,
		data: { values: points },
		title: {
			text: 'How time and memory grow with the number of accounts',
			subtitle: 'Medians, loopback, 100 ms a request; dashed: the least that the network allows',
		},
		hconcat: [
			{
				width: 300,
				height: 260,
				layer: [
					measured('seconds', 'seconds'),
					{
						mark: { type: 'line' as const, strokeDash: [4, 4], strokeWidth: 1.2 },
						encoding: { x, y: y('limit', 'seconds'), color },
					},
				],
			},
			{ width: 300, height: 260, ...measured('megabytes', 'MB that n8n grew') },
		],
		config: {
			axis: {
				labelColor: TEXT,
				titleColor: TEXT,
				labelFontSize: 12,
				titleFontSize: 12,
				titleFontWeight: 'normal',
				domainColor: TEXT,
				tickColor: TEXT,
				gridColor: TEXT,
			},
		},
	};
	return await svgOf(spec);
}
