package io.github.conflictguard.servlet.buffer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An error or a redirect that ends the application's response, and the call that sends it. */
final class DeferredSend {

  final int status;

  /** The location, as passed by the application, or null for an error. */
  final @Nullable String location;

  /** The message of an error; null for a redirect, or when the application has passed none. */
  final @Nullable String message;

  /** Whether earlier output is discarded. */
  final boolean clearsBody;

  private final Way toContainer;

  private DeferredSend(
      int status,
      @Nullable String location,
      @Nullable String message,
      boolean clearsBody,
      Way toContainer) {
    this.status = status;
    this.message = message;
    this.location = location;
    this.clearsBody = clearsBody;
    this.toContainer = toContainer;
  }

  static DeferredSend error(int status, @Nullable String message, Way toContainer) {
    return new DeferredSend(status, null, message, true, toContainer);
  }

  static DeferredSend redirect(int status, String location, boolean clearsBody, Way toContainer) {
    return new DeferredSend(status, location, null, clearsBody, toContainer);
  }

  /** Sends the error or redirect to the container. */
  void send() throws IOException {
    toContainer.send();
  }

  @FunctionalInterface
  interface Way {
    void send() throws IOException;
  }
}
