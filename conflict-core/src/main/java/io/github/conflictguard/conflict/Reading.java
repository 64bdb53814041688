package io.github.conflictguard.conflict;

/** What an exception of a known class means; some classes have to be asked for more. */
@FunctionalInterface
interface Reading {

  Verdict of(Throwable instance);
}
