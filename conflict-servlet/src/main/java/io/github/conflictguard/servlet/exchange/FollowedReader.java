package io.github.conflictguard.servlet.exchange;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** The reader of a request's body, which notes each read. */
final class FollowedReader extends BufferedReader {

  private final BufferedReader containers;
  private final PassEvents events;

  FollowedReader(BufferedReader containers, PassEvents events) {
    // Every method is overridden: the buffer of this class stays empty.
    super(new StringReader(""), 1);
    this.containers = containers;
    this.events = events;
  }

  boolean isOf(BufferedReader reader) {
    return containers == reader;
  }

  @Override
  public int read() throws IOException {
    events.read();
    return containers.read();
  }

  @Override
  public int read(char[] chars, int offset, int length) throws IOException {
    events.read();
    return containers.read(chars, offset, length);
  }

  @Override
  public @Nullable String readLine() throws IOException {
    events.read();
    return containers.readLine();
  }

  @Override
  public long skip(long count) throws IOException {
    events.read();
    return containers.skip(count);
  }

  @Override
  public boolean ready() throws IOException {
    return containers.ready();
  }

  @Override
  public boolean markSupported() {
    return containers.markSupported();
  }

  @Override
  public void mark(int limit) throws IOException {
    containers.mark(limit);
  }

  @Override
  public void reset() throws IOException {
    containers.reset();
  }

  @Override
  public void close() throws IOException {
    events.read();
    containers.close();
  }
}
