/* eslint-disable import-x/no-unresolved -- see below */
/** vega-lite names its types in `exports` only, which this project's module resolution does not read. */
declare module 'vega-lite' {
	export * from 'vega-lite/build/index';
}
