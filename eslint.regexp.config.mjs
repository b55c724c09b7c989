import parser from '@typescript-eslint/parser';
import regexp from 'eslint-plugin-regexp';

/**
 * Every regular expression in shipped code meets text from outside sooner or later, so each must be linear: one that is
 * not stops all of n8n. A config of its own, because eslint.config.mjs has to stay n8n's default.
 */
export default [
	{
		files: ['**/*.ts'],
		languageOptions: { parser },
		plugins: { regexp },
		rules: {
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
		},
	},
];
