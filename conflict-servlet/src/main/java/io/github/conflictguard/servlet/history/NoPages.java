package io.github.conflictguard.servlet.history;

import io.github.conflictguard.resource.KeyedHash;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that have answered with something other than a page, under rules with forms. There
 * the application may send 304 and partial responses. A rewritten page never has a validator, so
 * clients cannot hold one for it. Bounded and thread-safe.
 */
public final class NoPages {

  private static final int PLACES = 4096;

  /** Hashes of addresses. A collision is harmless. */
  private final AtomicLongArray places = new AtomicLongArray(PLACES);

  private final KeyedHash keyed = new KeyedHash();

  /** Records an address that has answered with something other than a page. */
  public void note(String uri, @Nullable String query) {
    long hash = hash(uri, query);
    places.set((int) (hash >>> 52), hash);
  }

  /** Returns whether an address has answered with something other than a page. */
  public boolean contains(String uri, @Nullable String query) {
    long hash = hash(uri, query);
    return places.get((int) (hash >>> 52)) == hash;
  }

  /** Returns a hash that clients cannot choose. It is never 0, which marks an empty place. */
  private long hash(String uri, @Nullable String query) {
    return keyed.numberOf(query == null ? uri : uri + '?' + query) | 1;
  }
}
