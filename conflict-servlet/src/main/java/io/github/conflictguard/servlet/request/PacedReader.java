package io.github.conflictguard.servlet.request;

import java.io.BufferedReader;
import java.io.IOException;

/** The container's reader, which reports each wait for data. */
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
