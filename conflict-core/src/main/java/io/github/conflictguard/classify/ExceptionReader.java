package io.github.conflictguard.classify;

import io.github.conflictguard.classify.evidence.Verdict;

/** What an exception of a known class means; some classes have to be asked for more. */
@FunctionalInterface
interface ExceptionReader {

  Verdict of(Throwable instance);
}
