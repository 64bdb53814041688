package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.resource.KeyedHash;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses have answered something that is no page, under rules with forms: there the
 * application may answer 304 and parts. A page that is completed never has a validator, so that a
 * client can hold none for it. Bounded, and safe for use by several threads.
 */
final class NoPages {

  private static final int PLACES = 4096;

  /** Hashes: two addresses that share one share what is harmless. */
  private final AtomicLongArray places = new AtomicLongArray(PLACES);

  private final KeyedHash keyed = new KeyedHash();

  void note(String uri, @Nullable String query) {
    long hash = hash(uri, query);
    places.set((int) (hash >>> 52), hash);
  }

  boolean contains(String uri, @Nullable String query) {
    long hash = hash(uri, query);
    return places.get((int) (hash >>> 52)) == hash;
  }

  /** Returns a hash that clients cannot choose, and never 0, which stands for no address. */
  private long hash(String uri, @Nullable String query) {
    return keyed.numberOf(query == null ? uri : uri + '?' + query) | 1;
  }
}
