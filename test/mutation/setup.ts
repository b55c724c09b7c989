import fc from 'fast-check';

/** The same values in each run, so that a mutant killed once is killed again; the smallest counterexample isn't needed. */
fc.configureGlobal({ seed: 1, endOnFailure: true });
