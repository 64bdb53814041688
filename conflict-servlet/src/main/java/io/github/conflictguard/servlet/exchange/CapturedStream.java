package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.util.function.BooleanSupplier;

/** Keeps the first bytes of a body and counts the rest. */
final class CapturedStream extends ServletOutputStream {

  private final int limit;
  private final BooleanSupplier staysOpen;
  private final HeldBytes held;
  private long length;
  private boolean closed;

  CapturedStream(int limit, BooleanSupplier staysOpen, HeldBytes held) {
    this.limit = limit;
    this.staysOpen = staysOpen;
    this.held = held;
  }

  HeldBytes held() {
    return held;
  }

  long length() {
    return length;
  }

  boolean isClosed() {
    return closed;
  }

  boolean isTruncated() {
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
