const { dest, parallel, src } = require('gulp');

/** Icons and codex files stand beside the node; tsc leaves them behind, n8n reads them from dist. */
const copyFrom = (folder) =>
	Object.assign(
		() => src(`${folder}/**/*.{svg,json}`, { encoding: false }).pipe(dest(`dist/${folder}`)),
		{
			displayName: `copy ${folder}`,
		},
	);

exports.default = parallel(copyFrom('nodes'), copyFrom('credentials'));
