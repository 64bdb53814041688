package io.github.conflictguard.servlet.exchange;

import java.io.IOException;

/** What is done with an answer that is held completely. */
@FunctionalInterface
public interface WholeAnswer {

  /** Releases the answer, or discards it and gives another one. */
  void finish(BufferedResponse answer) throws IOException;

  /**
   * Told at most once, in place of {@link #finish}, when the body is let go before its end, with
   * its status and headers in place and nothing sent.
   */
  default void beforeEarlyRelease(BufferedResponse answer) {}
}
