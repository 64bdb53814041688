package io.github.conflictguard.servlet.attribution;

import io.github.conflictguard.resource.KeyedHash;
import io.github.conflictguard.resource.SipHash;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.client.ObservedClient;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Gives pseudonyms: {@code u-} for a user, {@code s-} for a session, {@code a-} for an address,
 * followed by eight digits of a hash whose random key exists until the application is stopped.
 * Thread-safe.
 */
public final class Pseudonyms {

  private static final int PLACES = 1024;

  private final KeyedHash hash = new KeyedHash();
  private final SipHash ids = new SipHash();

  /** Senders of recent requests, without their credentials; a sender may replace another one. */
  private final AtomicReferenceArray<@Nullable Actor> recent = new AtomicReferenceArray<>(PLACES);

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
        ? actor(client.isKnown() ? "s-" : "a-", client.name(), client.isKnown(), null)
        : user(user);
  }

  /** Returns the actor for the name of a user. */
  public Actor user(String name) {
    return actor("u-", name, true, name);
  }

  private Actor actor(String prefix, String text, boolean known, @Nullable String name) {
    String hashed = prefix + text;
    long id = ids.of(hashed);
    int place = (int) id & (PLACES - 1);
    Actor actor = recent.get(place);
    if (actor == null || actor.id() != id) {
      actor = new Actor(id, known, prefix + digits(hash.numberOf(hashed)), name);
      recent.set(place, actor);
    }
    return actor;
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
      boolean only = first && i == segments.length - 1;
      if ((!first || only) && !isNumber(segment)) {
        segments[i] = "h-" + digits(ids.of(segment));
      }
      first &= segment.isEmpty();
    }
    return String.join("/", segments);
  }

  private static boolean isNumber(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      if (segment.charAt(i) < '0' || segment.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Returns the first half of a hash in hexadecimal digits. */
  private static String digits(long hash) {
    // Half of the digits of a number whose first one is 1, which is much faster than a format.
    return Long.toHexString((1L << Integer.SIZE) | (hash >>> Integer.SIZE)).substring(1);
  }
}
