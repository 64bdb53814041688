package io.github.conflictguard.servlet.request;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** A wrapper of the container's reader that delegates every call and reports each read. */
abstract class ContainerReader extends BufferedReader {

  final BufferedReader containers;

  ContainerReader(BufferedReader containers) {
    // Every method is overridden: the buffer of this class stays empty.
    super(new StringReader(""), 1);
    this.containers = containers;
  }

  /** Called before characters are read from the container. */
  abstract void beginRead() throws IOException;

  /** Called when the container has returned characters or thrown an exception. */
  abstract void endRead() throws IOException;

  @Override
  public final int read() throws IOException {
    beginRead();
    try {
      return containers.read();
    } finally {
      endRead();
    }
  }

  @Override
  public final int read(char[] chars, int offset, int length) throws IOException {
    beginRead();
    try {
      return containers.read(chars, offset, length);
    } finally {
      endRead();
    }
  }

  @Override
  public final @Nullable String readLine() throws IOException {
    beginRead();
    try {
      return containers.readLine();
    } finally {
      endRead();
    }
  }

  @Override
  public final long skip(long count) throws IOException {
    beginRead();
    try {
      return containers.skip(count);
    } finally {
      endRead();
    }
  }

  @Override
  public final boolean ready() throws IOException {
    return containers.ready();
  }

  @Override
  public final boolean markSupported() {
    return containers.markSupported();
  }

  @Override
  public final void mark(int limit) throws IOException {
    containers.mark(limit);
  }

  @Override
  public final void reset() throws IOException {
    containers.reset();
  }

  @Override
  public void close() throws IOException {
    containers.close();
  }
}
