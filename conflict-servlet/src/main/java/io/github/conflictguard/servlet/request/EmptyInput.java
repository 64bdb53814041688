package io.github.conflictguard.servlet.request;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

/** The input stream of a request without a body. */
public final class EmptyInput extends ServletInputStream {

  @Override
  public int read() {
    return -1;
  }

  @Override
  public boolean isFinished() {
    return true;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setReadListener(ReadListener listener) {
    throw new IllegalStateException("There is no body to read");
  }
}
