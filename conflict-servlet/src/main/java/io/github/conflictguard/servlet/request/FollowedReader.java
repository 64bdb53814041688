package io.github.conflictguard.servlet.request;

import java.io.BufferedReader;
import java.io.IOException;

/** The reader of a request's body, which notes each read. */
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
    // The beginning is what counts.
  }

  @Override
  public void close() throws IOException {
    events.read();
    super.close();
  }
}
