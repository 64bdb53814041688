package io.github.conflictguard.servlet.exchange;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** The container's reader, with word of each time that it is waited for. */
final class PacedReader extends BufferedReader {

  private final BufferedReader containers;
  private final BodyWait wait;

  PacedReader(BufferedReader containers, BodyWait wait) {
    // Every method is overridden: the buffer of this class stays empty.
    super(new StringReader(""), 1);
    this.containers = containers;
    this.wait = wait;
  }

  @Override
  public int read() throws IOException {
    wait.begins();
    try {
      return containers.read();
    } finally {
      wait.ends();
    }
  }

  @Override
  public int read(char[] chars, int offset, int length) throws IOException {
    wait.begins();
    try {
      return containers.read(chars, offset, length);
    } finally {
      wait.ends();
    }
  }

  @Override
  public @Nullable String readLine() throws IOException {
    wait.begins();
    try {
      return containers.readLine();
    } finally {
      wait.ends();
    }
  }

  @Override
  public long skip(long count) throws IOException {
    wait.begins();
    try {
      return containers.skip(count);
    } finally {
      wait.ends();
    }
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
    containers.close();
  }
}
