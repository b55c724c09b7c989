'use strict';

const { n8n } = require('./package.json');
const { basename } = require('node:path');

/** What this package gives n8n, as n8n loads it: each class under its name, from the build that package.json lists. */
for (const file of [...n8n.nodes, ...n8n.credentials]) {
	const name = basename(file).split('.')[0];
	exports[name] = require(`./${file}`)[name];
}
