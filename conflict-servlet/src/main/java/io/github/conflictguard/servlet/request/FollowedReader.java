package io.github.conflictguard.servlet.request;

import java.io.BufferedReader;
import java.io.IOException;

/** The reader of a request's body, which records each read. */
final class FollowedReader extends ContainerReader {

  private final PassEvents events;

  FollowedReader(BufferedReader containers, PassEvents events) {
    super(containers);
    this.events = events;
  }

  boolean isOf(BufferedReader reader) {
    return containers == reader;
  }

  @Override
  void beginRead() {
    events.read();
  }

  @Override
  void endRead() {
    // Only the beginning matters.
  }

  @Override
  public void close() throws IOException {
    events.read();
    super.close();
  }
}
