package io.github.conflictguard.servlet;

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

  void note(String uri, @Nullable String query) {
    long hash = hash(uri, query);
    places.set((int) (hash >>> 52), hash);
  }

  boolean contains(String uri, @Nullable String query) {
    long hash = hash(uri, query);
    return places.get((int) (hash >>> 52)) == hash;
  }

  /** FNV-1a. Never 0, which stands for no address. */
  private static long hash(String uri, @Nullable String query) {
    long hash = add(0xcbf29ce484222325L, uri);
    return (query == null ? hash : add(hash ^ '?', query)) | 1;
  }

  private static long add(long start, String text) {
    long hash = start;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
