package io.github.conflictguard.servlet.exchange;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** The container's stream, with word of each time that it is waited for. */
final class PacedInput extends ServletInputStream {

  private final ServletInputStream containers;
  private final BodyWait wait;

  PacedInput(ServletInputStream containers, BodyWait wait) {
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
  public int read(byte[] bytes, int offset, int length) throws IOException {
    wait.begins();
    try {
      return containers.read(bytes, offset, length);
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
  public int available() throws IOException {
    return containers.available();
  }

  @Override
  public void close() throws IOException {
    containers.close();
  }

  @Override
  public boolean isFinished() {
    return containers.isFinished();
  }

  @Override
  public boolean isReady() {
    return containers.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    wait.isListenedTo();
    containers.setReadListener(new PacedListener(listener, wait));
  }

  /** Between two calls of the container the application waits for its client. */
  private static final class PacedListener implements ReadListener {

    private final ReadListener applications;
    private final BodyWait wait;

    PacedListener(ReadListener applications, BodyWait wait) {
      this.applications = applications;
      this.wait = wait;
    }

    @Override
    public void onDataAvailable() throws IOException {
      wait.ends();
      applications.onDataAvailable();
      wait.begins();
    }

    @Override
    public void onAllDataRead() throws IOException {
      wait.ends();
      applications.onAllDataRead();
    }

    @Override
    public void onError(Throwable failure) {
      try {
        wait.ends();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      applications.onError(failure);
    }
  }
}
