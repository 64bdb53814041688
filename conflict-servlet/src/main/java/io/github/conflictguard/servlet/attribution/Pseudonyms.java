package io.github.conflictguard.servlet.attribution;

import io.github.conflictguard.resource.KeyedHash;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.client.ObservedClient;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Gives pseudonyms: {@code u-} for a user, {@code s-} for a session, {@code a-} for an address,
 * followed by eight digits of a hash whose random key exists until the application is stopped.
 * Thread-safe.
 */
public final class Pseudonyms {

  private final KeyedHash hash = new KeyedHash();

  /** Returns the sender of a request, without accessing its session. */
  public Actor of(HttpServletRequest request) {
    return of(request, ObservedClient.of(request));
  }

  /** Returns the sender of a request, with the session that the application has started. */
  public Actor afterwards(HttpServletRequest request) {
    return of(request, ObservedClient.afterwards(request));
  }

  private Actor of(HttpServletRequest request, ObservedClient client) {
    String user = ClientIdentity.principalOf(request);
    return user == null
        ? named(client.isKnown() ? "s-" : "a-", client.name(), client.isKnown())
        : user(user);
  }

  /** Returns the actor for the name of a user. */
  public Actor user(String name) {
    return new Actor(hash.numberOf("u-" + name), true, "u-", name);
  }

  private Actor named(String prefix, String text, boolean known) {
    return new Actor(hash.numberOf(prefix + text), known, prefix, null);
  }

  /**
   * Returns text in which each segment but the first of several is replaced by a hash, unless it is
   * a number: {@code customer/jane} becomes {@code customer/h-1f2e3d4c}.
   */
  public String hashed(String path) {
    String[] segments = path.split("/", -1);
    boolean first = true;
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      boolean number = segment.chars().allMatch(c -> c >= '0' && c <= '9');
      boolean only = first && i == segments.length - 1;
      if ((!first || only) && !number) {
        segments[i] = "h-" + String.format("%08x", hash.numberOf(segment) >>> Integer.SIZE);
      }
      first &= segment.isEmpty();
    }
    return String.join("/", segments);
  }
}
