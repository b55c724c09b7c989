'use strict';

/**
 * Which files a file uses, as jest asks it. What shipped code uses in turn is left out, so that a mutant meets only the
 * tests that import its file themselves (or the index of its folder): with all others it would take ten times as long.
 */
module.exports = {
	extract(code, path) {
		if (!path.includes('/test/') && !path.endsWith('/index.ts')) return new Set();
		const imports = code.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';/gm);
		return new Set([...imports].map(([, name]) => name));
	},
};
