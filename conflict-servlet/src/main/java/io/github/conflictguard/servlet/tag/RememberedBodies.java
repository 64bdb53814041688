package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.servlet.response.HashableBody;
import io.github.conflictguard.servlet.response.KnownBody;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A cache of bodies that were sent twice in a row, with their tags. Most reads return the same
 * representation as the previous read: then the body is compared, byte by byte, while the
 * application writes it, and is neither copied nor hashed. This does not change any tag, and it
 * does not matter which client received the earlier response: a client receives only bytes that the
 * application has just written for it.
 *
 * <p>The slot of a body depends on its resource and query. Bodies that share a slot displace each
 * other, which only costs a hash. The number of bytes is limited; recently used bodies are kept.
 * Thread-safe, without locks.
 */
public final class RememberedBodies {

  /** The bytes of capacity for each slot: most responses of APIs are not much longer. */
  private static final int BYTES_PER_PLACE = 4 * 1024;

  /** The size of an entry without its body, in bytes. */
  private static final int OVERHEAD = 200;

  /** The divisor of the capacity that limits a single body, so that it cannot evict all others. */
  private static final int LARGEST_SHARE = 4;

  /** One in this number of bodies may evict others, and this number of slots is examined for it. */
  private static final int PATIENCE = 16;

  private final AtomicReferenceArray<@Nullable Entry> places;
  private final long most;
  private final AtomicLong size = new AtomicLong();
  private final AtomicInteger hand = new AtomicInteger();
  private final AtomicInteger wishes = new AtomicInteger();

  /**
   * Creates an empty cache.
   *
   * @param most the maximum number of bytes to keep; 0 to keep none
   */
  public RememberedBodies(int most) {
    int count = 1;
    while (count < most / BYTES_PER_PLACE) {
      count <<= 1;
    }
    this.places = new AtomicReferenceArray<>(count);
    this.most = most;
  }

  /** Looks up the body of a resource. */
  RecalledBody recall(ResourceKey key, @Nullable String query) {
    int hash = (key.hashCode() + 31 * (query == null ? 0 : query.hashCode())) * 0x9E3779B9;
    int place = (hash ^ (hash >>> 16)) & (places.length() - 1);
    return new RecalledBody(this, place, places.get(place));
  }

  /** Returns the number of bytes in the cache. */
  long size() {
    return size.get();
  }

  /** Records a tag that was created, and keeps the body if the slot had the same tag before. */
  void note(int place, @Nullable Entry before, EntityTag tag, HashableBody body) {
    if (most == 0) {
      return;
    }
    if (before == null || !before.tag.equals(tag)) {
      replace(place, before, new Entry(tag, null));
    } else if (before.body == null && makeRoom(body.written())) {
      KnownBody copy = body.copy();
      if (copy != null) {
        replace(place, before, new Entry(tag, copy));
      }
    }
    while (size.get() > most) {
      dropNext(true);
    }
  }

  /**
   * Makes room for a body, occasionally by evicting one that was not requested recently. If there
   * are many more bodies than room, the present ones stay: bodies that evict each other before they
   * are used would be copied for no benefit.
   *
   * @return whether there is room now
   */
  private boolean makeRoom(long length) {
    boolean roomy = size.get() + length <= most;
    if (length > most / LARGEST_SHARE || (!roomy && wishes.incrementAndGet() % PATIENCE != 0)) {
      return false;
    }
    int looks = PATIENCE;
    while (size.get() + length > most) {
      if (--looks == 0 || !dropNext(false)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Examines one slot, and evicts its entry unless it was requested since the last examination.
   *
   * @return false if the entry stays
   */
  private boolean dropNext(boolean withTags) {
    int place = Math.floorMod(hand.getAndIncrement(), places.length());
    Entry entry = places.get(place);
    if (entry != null && (withTags || entry.body != null)) {
      if (entry.askedFor) {
        entry.askedFor = false;
        return false;
      }
      replace(place, entry, null);
    }
    return true;
  }

  private void replace(int place, @Nullable Entry before, @Nullable Entry after) {
    if (places.compareAndSet(place, before, after)) {
      size.addAndGet(sizeOf(after) - sizeOf(before));
    }
  }

  private static long sizeOf(@Nullable Entry entry) {
    return entry == null ? 0 : OVERHEAD + (entry.body == null ? 0 : entry.body.size());
  }

  /** The content of a slot. */
  static final class Entry {

    final EntityTag tag;

    /** Null after the first response with this tag, which may be the last one. */
    final @Nullable KnownBody body;

    /**
     * Whether the entry was used since the last round; a race can only shorten or extend its
     * lifetime.
     */
    private boolean askedFor;

    Entry(EntityTag tag, @Nullable KnownBody body) {
      this.tag = tag;
      this.body = body;
    }

    void use() {
      if (!askedFor) {
        askedFor = true;
      }
    }
  }
}
