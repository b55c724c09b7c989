import { inFull } from './answers';
import type { Session } from './session';

const mark = (holds: boolean | undefined) =>
	holds === undefined ? 'unknown' : holds ? 'holds  ' : 'DIFFERS';

/** The report: what holds, what to change, and how answers look, with no value of theirs. */
export function report(session: Session, ended?: string): string {
	const { findings } = session;
	const width = Math.max(...findings.map(({ fact }) => fact.length));
	const facts = findings.map(
		({ fact, holds, seen }) => `${mark(holds)}  ${fact.padEnd(width)}  ${seen}`,
	);
	const changes = findings.flatMap(({ fact, holds, change }) =>
		holds === false && change ? [`- ${fact}: ${change}`] : [],
	);
	const shapes = findings.flatMap(({ fact, answers = [] }) => {
		const lines = [...new Set(answers.map(inFull))];
		return lines.length > 0 ? [`${fact}:`, ...lines.map((line) => `  ${line}`)] : [];
	});
	const left = session.created.size;
	const lines = [
		`Check of Juspay's API at ${new URL(session.options.baseUrl).hostname}, ${new Date().toISOString().slice(0, 10)}`,
		'',
		...facts,
		...(ended ? ['', `The check ended early. ${ended}`] : []),
		...(left > 0 ? ['', `Accounts left behind, with the customer of this check: ${left}`] : []),
		'',
		'What to change in nodes/Juspay/wire/contract.ts',
		...(changes.length > 0 ? changes : ['- nothing']),
		'',
		'How the answers look (formats in place of values)',
		...shapes,
	];
	return session.clean(lines.join('\n'));
}
