package io.github.conflictguard.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Computes the new representation of a resource from the current one. It may be applied several
 * times, each time to a fresh state, and has no effect other than its result.
 */
@FunctionalInterface
public interface StateChange {

  /**
   * Returns the body to send.
   *
   * @param current the successful response to the read
   * @return the new representation, in the media type of the current one; null when nothing needs
   *     to be changed
   * @throws IOException if the current representation cannot be parsed; it leaves the update
   */
  byte @Nullable [] apply(ClientResponse current) throws IOException;
}
