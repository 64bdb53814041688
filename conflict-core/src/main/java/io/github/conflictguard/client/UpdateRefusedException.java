package io.github.conflictguard.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an update was refused and could not be repeated: contains the response that refused
 * it, and the current state of the resource. The change has not been made.
 */
public final class UpdateRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient ClientResponse refusal;
  private final transient @Nullable ClientResponse current;

  UpdateRefusedException(String message, ClientResponse refusal, @Nullable ClientResponse current) {
    super(message);
    this.refusal = refusal;
    this.current = current;
  }

  /** Returns the response that refused the write, or the read before it. */
  public ClientResponse refusal() {
    return refusal;
  }

  /** Returns what the refusal means, with the kind of the problem and the changes. */
  public ConflictAdvice advice() {
    return refusal.advice();
  }

  /**
   * Returns the response to the last successful read of the resource, which is later than the
   * refusal where the resource could be read again; null when no read was successful.
   */
  public @Nullable ClientResponse current() {
    return current;
  }
}
