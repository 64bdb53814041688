package io.github.conflictguard.servlet.buffer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An error or a redirect that ends the application's answer, and its way to the container. */
final class DeferredSend {

  final int status;

  /** Where it leads, as the application says it; null for an error. */
  final @Nullable String location;

  /** Whether what was written before is forgotten. */
  final boolean clearsBody;

  private final Way toContainer;

  private DeferredSend(int status, @Nullable String location, boolean clearsBody, Way toContainer) {
    this.status = status;
    this.location = location;
    this.clearsBody = clearsBody;
    this.toContainer = toContainer;
  }

  static DeferredSend error(int status, Way toContainer) {
    return new DeferredSend(status, null, true, toContainer);
  }

  static DeferredSend redirect(int status, String location, boolean clearsBody, Way toContainer) {
    return new DeferredSend(status, location, clearsBody, toContainer);
  }

  /** Tells the container. */
  void send() throws IOException {
    toContainer.send();
  }

  @FunctionalInterface
  interface Way {
    void send() throws IOException;
  }
}
