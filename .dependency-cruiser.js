/**
 * Which folder may import which (`npm run lint`). Shipped code has floors, and imports point down only:
 *
 *     *.node.ts -> node, trigger -> once -> http -> wire -> account -> lists
 *
 * Outside it: test -> dev -> nodes, credentials.
 */
const SHIPPED = '^(nodes|credentials)/';
const NODE = '^nodes/Juspay';

/** A floor may import itself and those below it. */
const floor = (name, below, comment) => ({
	name: `${name}-imports-down`,
	comment,
	severity: 'error',
	from: { path: `${NODE}/${name}/` },
	to: { path: SHIPPED, pathNot: `${NODE}/(${[name, ...below].join('|')}|lists)(/|[.]ts$)` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: 'no-cycles',
			severity: 'error',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		{
			name: 'no-cycles-of-types',
			comment: 'In shipped code, not even types are circular.',
			severity: 'error',
			from: { path: SHIPPED },
			to: { circular: true },
		},
		{
			name: 'nothing-imports-a-node',
			comment: 'n8n loads the node files; they are the top layer.',
			severity: 'error',
			from: { path: SHIPPED },
			to: { path: `${NODE}/[^/]+[.]node[.]ts$` },
		},
		{
			name: 'features-are-independent',
			comment: 'node/ and trigger/ are side by side: what both need belongs below them.',
			severity: 'error',
			from: { path: `${NODE}/(node|trigger)/` },
			to: { path: `${NODE}/(node|trigger)/`, pathNot: `${NODE}/$1/` },
		},
		floor('once', ['http', 'wire', 'account'], 'once/ knows nothing of items and parameters.'),
		floor('http', ['wire', 'account'], 'http/ sends requests, and knows nothing of items.'),
		floor('wire', ['account'], "wire/ is Juspay's format, and sends nothing."),
		{
			...floor('account', [], 'account/ is pure: it imports neither n8n nor the wire format.'),
			to: { pathNot: `${NODE}/(account|lists)(/|[.]ts$)` },
		},
		{
			name: 'utilities-import-nothing',
			severity: 'error',
			from: { path: `${NODE}/lists[.]ts$` },
			to: { pathNot: `${NODE}/lists[.]ts$` },
		},
		{
			name: 'wire-format-stays-below',
			comment: "Nothing above once/ knows the calls of Juspay's API.",
			severity: 'error',
			from: { path: SHIPPED, pathNot: `${NODE}/(wire|http|once)/` },
			to: { path: `${NODE}/wire/` },
		},
		{
			name: 'shipped-code-is-alone',
			comment: 'What is published imports nothing that is not.',
			severity: 'error',
			from: { path: SHIPPED },
			to: { path: '^(dev|test)/' },
		},
		{
			name: 'shipped-code-has-no-dependencies',
			comment: 'A community node may import n8n-workflow, and nothing else.',
			severity: 'error',
			from: { path: SHIPPED },
			to: { pathNot: [SHIPPED, '^node_modules/n8n-workflow/'] },
		},
		{
			name: 'dev-does-not-test',
			severity: 'error',
			from: { path: '^dev/' },
			to: { path: '^test/' },
		},
		{
			name: 'no-dead-files',
			comment: 'n8n loads the nodes and the credential; every other shipped file is imported.',
			severity: 'error',
			from: { orphan: true, path: SHIPPED },
			to: {},
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: ['^dist/', '[.]json$'] },
		// Imports of types count too.
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'test/tsconfig.json' },
	},
};
