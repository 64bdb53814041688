package io.github.conflictguard.servlet.client;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A map of bounded total weight. When it is full, it evicts the oldest entries. An entry becomes
 * the newest one when it is put, and when it is used.
 *
 * <p>Entries may belong to clients. Then the oldest entries of the client with the largest share
 * are evicted: a client with less than a fair share loses nothing to others.
 *
 * <p>Every operation takes logarithmic time in the number of clients at most, on average, and
 * constant time while the map is not full. Thread-safe.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class BoundedMap<K, V> {

  private static final String NO_CLIENT = "";

  private final long limit;
  private final ToLongFunction<? super V> weigher;
  private final Consumer<? super V> onEvicted;
  private final Map<K, Entry<K, V>> entries = new HashMap<>();
  private final Map<Object, Share<K, V>> shares = new HashMap<>();

  /** Shares that have changed since the last eviction, and are not in the order below. */
  private Set<Share<K, V>> unordered = new HashSet<>();

  /** The next share to evict from is the last one, when all of them are ordered. */
  private final TreeSet<Share<K, V>> byWeight =
      new TreeSet<>(
          Comparator.<Share<K, V>>comparingLong(share -> share.weight)
              .thenComparing(
                  Comparator.<Share<K, V>>comparingLong(share -> share.time).reversed()));

  private long weight;
  private long time;

  /**
   * Creates an empty map.
   *
   * @param limit the maximum total weight of its entries
   * @param weigher returns the weight of a value, which is positive; called when the value is put
   */
  public BoundedMap(long limit, ToLongFunction<? super V> weigher) {
    this(limit, weigher, value -> {});
  }

  /**
   * Creates an empty map with a listener.
   *
   * @param limit the maximum total weight of its entries
   * @param weigher returns the weight of a value, which is positive; called when the value is put
   * @param onEvicted receives each value that is evicted, or not stored because of its weight;
   *     called during {@code put}, under the lock of this map
   */
  public BoundedMap(long limit, ToLongFunction<? super V> weigher, Consumer<? super V> onEvicted) {
    this.limit = limit;
    this.weigher = weigher;
    this.onEvicted = onEvicted;
  }

  /** Returns the value of a key; null when there is none. */
  public synchronized @Nullable V get(K key) {
    Entry<K, V> entry = entries.get(key);
    return entry == null ? null : entry.value;
  }

  /** Returns the value of a key like {@link #get}, and makes its entry the newest one. */
  public synchronized @Nullable V use(K key) {
    Entry<K, V> entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    entry.unlink();
    entry.share.append(entry);
    return entry.value;
  }

  /** Stores a value that belongs to no client, like {@link #put(Object, Object, Object)}. */
  public @Nullable V put(K key, V value) {
    return put(NO_CLIENT, key, value);
  }

  /**
   * Stores a value and evicts other entries if necessary. A value larger than the limit is not
   * stored.
   *
   * @param client to whose share it counts; has {@code equals}
   * @return the previous value of the key, which is replaced; null when there was none
   */
  public synchronized @Nullable V put(Object client, K key, V value) {
    long added = weigher.applyAsLong(value);
    V before = remove(key);
    if (added > limit) {
      onEvicted.accept(value);
      return before;
    }
    Share<K, V> share = shares.computeIfAbsent(client, name -> new Share<>(name));
    release(share);
    Entry<K, V> entry = new Entry<>(key, value, added, share);
    entries.put(key, entry);
    share.append(entry);
    share.weight += added;
    share.time = ++time;
    weight += added;
    while (weight > limit) {
      Entry<K, V> oldest = largest().oldest();
      remove(oldest.key);
      onEvicted.accept(oldest.value);
    }
    return before;
  }

  /** Removes the value of a key, and returns it; null when there is none. */
  public synchronized @Nullable V remove(K key) {
    Entry<K, V> entry = entries.remove(key);
    if (entry == null) {
      return null;
    }
    Share<K, V> share = entry.share;
    release(share);
    entry.unlink();
    share.weight -= entry.weight;
    weight -= entry.weight;
    if (share.isEmpty()) {
      shares.remove(share.client);
      unordered.remove(share);
    }
    return entry.value;
  }

  /** Takes a share out of the order, so that its weight can change. */
  private void release(Share<K, V> share) {
    if (unordered.add(share)) {
      byWeight.remove(share);
    }
  }

  private Share<K, V> largest() {
    if (!unordered.isEmpty()) {
      byWeight.addAll(unordered);
      // A set that was large once would take long to clear, and to go through, each time.
      unordered = new HashSet<>();
    }
    return byWeight.last();
  }

  /** Returns the sum of the weights of all entries. */
  public synchronized long weight() {
    return weight;
  }

  /** A node in the list of the entries of one client. */
  private static class Link<K, V> {

    Link<K, V> older = this;
    Link<K, V> newer = this;

    final void unlink() {
      older.newer = newer;
      newer.older = older;
    }
  }

  private static final class Entry<K, V> extends Link<K, V> {

    final K key;
    final V value;
    final long weight;
    final Share<K, V> share;

    Entry(K key, V value, long weight, Share<K, V> share) {
      this.key = key;
      this.value = value;
      this.weight = weight;
      this.share = share;
    }
  }

  /** The entries of one client: a ring with the oldest entry after this node. */
  private static final class Share<K, V> extends Link<K, V> {

    final Object client;
    long weight;
    long time;

    Share(Object client) {
      this.client = client;
    }

    boolean isEmpty() {
      return newer == this;
    }

    void append(Entry<K, V> entry) {
      entry.older = older;
      entry.newer = this;
      older.newer = entry;
      older = entry;
    }

    Entry<K, V> oldest() {
      if (!(newer instanceof Entry)) {
        throw new IllegalStateException("no entries");
      }
      return (Entry<K, V>) newer;
    }
  }
}
