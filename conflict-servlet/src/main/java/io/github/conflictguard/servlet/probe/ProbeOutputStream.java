package io.github.conflictguard.servlet.probe;

import io.github.conflictguard.servlet.buffer.ByteChunks;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.util.function.BooleanSupplier;

/** A stream that keeps the first bytes of a body and counts the rest. */
public final class ProbeOutputStream extends ServletOutputStream {

  private final int limit;
  private final BooleanSupplier staysOpen;
  private final ByteChunks held;
  private long length;
  private boolean closed;

  public ProbeOutputStream(int limit, BooleanSupplier staysOpen, ByteChunks held) {
    this.limit = limit;
    this.staysOpen = staysOpen;
    this.held = held;
  }

  /** Returns the bytes that are kept; empty when the body exceeds the limit. */
  public ByteChunks held() {
    return held;
  }

  long length() {
    return length;
  }

  boolean isClosed() {
    return closed;
  }

  /** Returns whether the body exceeds the limit. */
  public boolean isTruncated() {
    return length > limit;
  }

  void clear() {
    held.clear();
    length = 0;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    if (closed) {
      return;
    }
    length += count;
    if (isTruncated()) {
      held.clear();
    } else {
      held.add(bytes, offset, count);
    }
  }

  @Override
  public void close() {
    closed = !staysOpen.getAsBoolean();
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    throw new IllegalStateException("The filter's own question cannot be answered asynchronously");
  }
}
