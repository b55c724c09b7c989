/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** Where a bench ran, for people. */
export interface Machine {
	cpu: string;
	cores: number;
	memory: string;
	system: string;
	/** Over 1, 5 and 15 minutes, when the bench began: more than a little, and other work has slowed it. */
	load: number[];
}

/** This machine, now. */
export function thisMachine(): Machine {
	const all = cpus();
	return {
		cpu: all[0]?.model.trim() ?? 'unknown',
		cores: all.length,
		memory: `${Math.round(totalmem() / 1024 ** 3)} GB`,
		system: `${platform()} ${release()}, ${arch()}`,
		load: loadavg(),
	};
}
