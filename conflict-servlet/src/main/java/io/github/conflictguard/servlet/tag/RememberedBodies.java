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
 * Bodies that were answered twice in a row, with their tags. Most reads find a resource as the read
 * before has found it: then the body is compared, byte for byte, while the application writes it,
 * and need be neither copied nor hashed. That changes no tag, and whose answer it was makes no
 * difference: nobody gets a byte that the application has not just written for him.
 *
 * <p>A body has a place that its resource and query decide. Whatever shares the place takes it from
 * the other, which costs a hash and nothing else. Not more than a certain number of bytes is kept;
 * what was asked for lately stays. Safe for use by several threads, without locks.
 */
public final class RememberedBodies {

  /** There is a place for each so many bytes: most answers of programs are not much longer. */
  private static final int BYTES_PER_PLACE = 4 * 1024;

  /** What a place takes beside the body, in bytes. */
  private static final int OVERHEAD = 200;

  /** One body must not drive out all the others. */
  private static final int LARGEST_SHARE = 4;

  /** One of so many bodies gets room that others have, and so many places are looked at for it. */
  private static final int PATIENCE = 16;

  private final AtomicReferenceArray<@Nullable Entry> places;
  private final long most;
  private final AtomicLong size = new AtomicLong();
  private final AtomicInteger hand = new AtomicInteger();
  private final AtomicInteger wishes = new AtomicInteger();

  /**
   * Begins with none.
   *
   * @param most how many bytes are kept at most; 0 for none
   */
  public RememberedBodies(int most) {
    int count = 1;
    while (count < most / BYTES_PER_PLACE) {
      count <<= 1;
    }
    this.places = new AtomicReferenceArray<>(count);
    this.most = most;
  }

  /** Looks for the body of a resource. */
  RecalledBody recall(ResourceKey key, @Nullable String query) {
    int hash = (key.hashCode() + 31 * (query == null ? 0 : query.hashCode())) * 0x9E3779B9;
    int place = (hash ^ (hash >>> 16)) & (places.length() - 1);
    return new RecalledBody(this, place, places.get(place));
  }

  /** How many bytes are kept now. */
  long size() {
    return size.get();
  }

  /** Notes a tag that was made, and keeps the body if the place had the same tag before. */
  void note(int place, @Nullable Entry before, EntityTag tag, HashableBody body) {
    if (most == 0) {
      return;
    }
    if (before == null || !before.tag.equals(tag)) {
      replace(place, before, new Entry(tag, null));
    } else if (before.body == null && isRoomFor(body.written())) {
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
   * Makes room now and then, if that takes it from a body that nobody has asked for lately. Where
   * there are many more bodies than room, those that have it stay: bodies that drive out each other
   * before they are used are copied for nothing.
   */
  private boolean isRoomFor(long length) {
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
   * Looks at one place, and forgets what it remembers unless that was asked for since the last
   * look.
   *
   * @return false if it stays
   */
  private boolean dropNext(boolean withTags) {
    int place = Math.floorMod(hand.getAndIncrement(), places.length());
    Entry entry = places.get(place);
    if (entry != null && (withTags || entry.body != null)) {
      if (entry.isSparedOnce()) {
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

  /** What a place remembers. */
  static final class Entry {

    final EntityTag tag;

    /** Null after the first answer with this tag: it may be the last one. */
    final @Nullable KnownBody body;

    /** Races cost an entry its time, and nothing else. */
    private boolean askedFor;

    Entry(EntityTag tag, @Nullable KnownBody body) {
      this.tag = tag;
      this.body = body;
    }

    void wasAskedFor() {
      if (!askedFor) {
        askedFor = true;
      }
    }

    /** Whether it may stay for another round, because somebody has asked for it since the last. */
    private boolean isSparedOnce() {
      boolean spared = askedFor;
      askedFor = false;
      return spared;
    }
  }
}
