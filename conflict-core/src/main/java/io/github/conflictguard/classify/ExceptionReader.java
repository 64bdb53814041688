package io.github.conflictguard.classify;

import io.github.conflictguard.classify.evidence.Verdict;

/**
 * Determines the meaning of an exception of a known class, for some classes from its properties.
 */
@FunctionalInterface
interface ExceptionReader {

  Verdict of(Throwable instance);
}
