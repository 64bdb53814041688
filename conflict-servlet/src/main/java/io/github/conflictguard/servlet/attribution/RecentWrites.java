package io.github.conflictguard.servlet.attribution;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last writes of resources in a table of fixed size, in which a resource replaces another one
 * of the same place. A look-up is cheap: the names are not hashed with a key, because clients that
 * choose names for one place lose explanations and nothing else. Thread-safe.
 */
final class RecentWrites {

  private static final int PLACES = 4096;

  /** Longer names are not stored, so that clients do not determine the size of the table. */
  private static final int LONGEST_NAME = 256;

  private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(PLACES);

  @Nullable KnownWrite get(String key) {
    Entry entry = entries.get(placeOf(key));
    return entry == null || !entry.key.equals(key) ? null : entry.write;
  }

  void put(String key, KnownWrite write) {
    if (key.length() <= LONGEST_NAME) {
      entries.set(placeOf(key), new Entry(key, write));
    }
  }

  private static int placeOf(String key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (PLACES - 1);
  }

  private static final class Entry {

    final String key;
    final KnownWrite write;

    Entry(String key, KnownWrite write) {
      this.key = key;
      this.write = write;
    }
  }
}
