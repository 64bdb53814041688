package io.github.conflictguard.servlet.request;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** The container's stream, which reports each wait for data. */
final class PacedInput extends ContainerInput {

  private final BodyWait wait;

  PacedInput(ServletInputStream containers, BodyWait wait) {
    super(containers);
    this.wait = wait;
  }

  @Override
  void beginRead() throws IOException {
    wait.begins();
  }

  @Override
  void endRead() throws IOException {
    wait.ends();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    wait.listens();
    containers.setReadListener(new PacedListener(listener, wait));
  }

  /**
   * A listener wrapper: between two calls by the container the application waits for its client.
   */
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
