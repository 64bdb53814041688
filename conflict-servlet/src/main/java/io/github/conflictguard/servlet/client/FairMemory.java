package io.github.conflictguard.servlet.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map whose entries belong to clients. When it is full, the oldest entries of the client
 * with the largest share are evicted: a client with less than a fair share loses nothing to others.
 *
 * <p>Every operation takes logarithmic time at most. Thread-safe.
 *
 * @param <V> the type of values
 */
public final class FairMemory<V> {

  private final long limit;
  private final Map<String, Entry<V>> entries = new HashMap<>();
  private final Map<String, Share<V>> shares = new HashMap<>();

  /** The next share to evict from is the last one. */
  private final TreeSet<Share<V>> bySize =
      new TreeSet<>(
          Comparator.<Share<V>>comparingLong(share -> share.size)
              .thenComparing(Comparator.<Share<V>>comparingLong(share -> share.time).reversed()));

  private long size;
  private long time;

  /**
   * Creates a memory.
   *
   * @param limit the maximum total size of its entries
   */
  public FairMemory(long limit) {
    this.limit = limit;
  }

  /** Returns the value of a key; null when there is none. */
  public synchronized @Nullable V get(String key) {
    Entry<V> entry = entries.get(key);
    return entry == null ? null : entry.value;
  }

  /**
   * Stores a value, replacing the previous one of the key, and evicts other entries if necessary. A
   * value larger than the limit is not stored.
   *
   * @param client to whose share it counts
   * @param weight its size, positive
   * @return the values that were evicted, or not stored
   */
  public synchronized List<V> put(String client, String key, V value, long weight) {
    remove(key);
    List<V> evicted = new ArrayList<>();
    if (weight > limit) {
      evicted.add(value);
      return evicted;
    }
    Share<V> share = shares.computeIfAbsent(client, name -> new Share<>(name));
    bySize.remove(share);
    Entry<V> entry = new Entry<>(value, weight, share);
    entries.put(key, entry);
    share.entries.put(key, entry);
    share.size += weight;
    share.time = ++time;
    bySize.add(share);
    size += weight;
    while (size > limit) {
      Map.Entry<String, Entry<V>> oldest = bySize.last().entries.entrySet().iterator().next();
      evicted.add(oldest.getValue().value);
      remove(oldest.getKey());
    }
    return evicted;
  }

  /** Removes the value of a key. */
  public synchronized void remove(String key) {
    Entry<V> entry = entries.remove(key);
    if (entry == null) {
      return;
    }
    Share<V> share = entry.share;
    bySize.remove(share);
    share.entries.remove(key);
    share.size -= entry.weight;
    size -= entry.weight;
    if (share.entries.isEmpty()) {
      shares.remove(share.client);
    } else {
      bySize.add(share);
    }
  }

  /** Returns the sum of the sizes of all entries. */
  public synchronized long size() {
    return size;
  }

  private static final class Entry<V> {

    final V value;
    final long weight;
    final Share<V> share;

    Entry(V value, long weight, Share<V> share) {
      this.value = value;
      this.weight = weight;
      this.share = share;
    }
  }

  /** The entries of one client, the oldest first. */
  private static final class Share<V> {

    final String client;
    final Map<String, Entry<V>> entries = new LinkedHashMap<>();
    long size;
    long time;

    Share(String client) {
      this.client = client;
    }
  }
}
