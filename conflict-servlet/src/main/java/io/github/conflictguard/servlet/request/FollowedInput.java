package io.github.conflictguard.servlet.request;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** The stream of a request's body, which records each read. */
final class FollowedInput extends ContainerInput {

  private final PassEvents events;

  FollowedInput(ServletInputStream containers, PassEvents events) {
    super(containers);
    this.events = events;
  }

  boolean isOf(ServletInputStream stream) {
    return containers == stream;
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
  public int read(byte[] bytes) throws IOException {
    events.read();
    return containers.read(bytes);
  }

  @Override
  public int readLine(byte[] bytes, int offset, int length) throws IOException {
    events.read();
    return containers.readLine(bytes, offset, length);
  }

  @Override
  public boolean markSupported() {
    return containers.markSupported();
  }

  @Override
  public void mark(int limit) {
    containers.mark(limit);
  }

  @Override
  public void reset() throws IOException {
    containers.reset();
  }

  /** Closes the stream. A second run could not read the rest. */
  @Override
  public void close() throws IOException {
    events.read();
    super.close();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    events.read();
    containers.setReadListener(listener);
  }
}
