package io.github.conflictguard.servlet.request;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** A wrapper of the container's stream that reports each read. */
abstract class ContainerInput extends ServletInputStream {

  final ServletInputStream containers;

  ContainerInput(ServletInputStream containers) {
    this.containers = containers;
  }

  /** Called before bytes are read from the container. */
  abstract void beginRead() throws IOException;

  /** Called when the container has returned bytes or thrown an exception. */
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
  public final int read(byte[] bytes, int offset, int length) throws IOException {
    beginRead();
    try {
      return containers.read(bytes, offset, length);
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
  public final int available() throws IOException {
    return containers.available();
  }

  @Override
  public void close() throws IOException {
    containers.close();
  }

  @Override
  public final boolean isFinished() {
    return containers.isFinished();
  }

  @Override
  public final boolean isReady() {
    return containers.isReady();
  }
}
