package io.github.conflictguard.servlet.request;

import java.io.BufferedReader;
import java.io.IOException;

/** The container's reader, with word of each time that it is waited for. */
final class PacedReader extends ContainerReader {

  private final BodyWait wait;

  PacedReader(BufferedReader containers, BodyWait wait) {
    super(containers);
    this.wait = wait;
  }

  @Override
  void beginRead() throws IOException {
    wait.begins();
  }

  @Override
  void endRead() throws IOException {
    wait.ends();
  }
}
