/**
 * Which folder may import which (`npm run lint`). Shipped code has four layers, and imports point down only:
 *
 *     *.node.ts -> actions, trigger, methods -> api -> domain -> lists, text
 *
 * Outside it: test -> dev -> nodes, credentials.
 */
const SHIPPED = '^(nodes|credentials)/';
const NODE = '^nodes/Juspay';

/** The client carries the state that executions share, and its parts know the client: by type only. */
const STILL_CIRCULAR = `${NODE}/api/(client|exactlyOnce/(processState|customerLocks|lookAgain|sentValidations))[.]ts$`;

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
			from: { path: SHIPPED, pathNot: STILL_CIRCULAR },
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
			comment:
				'actions/, trigger/ and methods/ are side by side: what two of them need belongs in api/ or domain/.',
			severity: 'error',
			from: { path: `${NODE}/(actions|trigger|methods)/` },
			to: { path: `${NODE}/(actions|trigger|methods)/`, pathNot: `${NODE}/$1/` },
		},
		{
			name: 'api-imports-down',
			comment: "api/ sends requests and knows nothing of n8n's items and parameters.",
			severity: 'error',
			from: { path: `${NODE}/api/` },
			to: { path: SHIPPED, pathNot: `${NODE}/(api|domain|lists|text)(/|[.]ts$)` },
		},
		{
			name: 'domain-imports-down',
			comment: 'domain/ is pure: it imports neither n8n nor the wire format.',
			severity: 'error',
			from: { path: `${NODE}/domain/` },
			to: { pathNot: `${NODE}/(domain|lists|text)(/|[.]ts$)` },
		},
		{
			name: 'utilities-import-nothing',
			severity: 'error',
			from: { path: `${NODE}/(lists|text)(/|[.]ts$)` },
			to: { pathNot: `${NODE}/(lists|text)(/|[.]ts$)` },
		},
		{
			name: 'wire-format-stays-in-api',
			comment:
				"Only api/ knows the names on Juspay's wire. The Test button still builds its request itself.",
			severity: 'error',
			from: { path: SHIPPED, pathNot: `${NODE}/(api/|methods/credentialTest[.]ts$)` },
			to: { path: `${NODE}/api/contract[.]ts$` },
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
