package io.github.conflictguard.servlet.exchange;

import java.io.IOException;

/** What is done with an answer that is held completely. */
@FunctionalInterface
public interface WholeAnswer {

  /** Releases the answer, or discards it and gives another one. */
  void finish(BufferedResponse answer) throws IOException;
}
