package io.github.conflictguard.servlet.journal;

import io.github.conflictguard.resource.SipHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The refused saves that their senders have not repeated with success. An item closes when a save
 * of the same sender and resource succeeds, and expires when it is old. Bounded. Thread-safe.
 */
public final class Worklist {

  /** The maximum number of open items; beyond it the oldest ones are dropped. */
  public static final int MOST_ITEMS = 1000;

  /** The age at which an item expires without a success. */
  public static final Duration EXPIRY = Duration.ofDays(7);

  /** In place of resource keys, whose length clients determine. */
  private final SipHash hash = new SipHash();

  private final int mostItems;

  /** In the order in which the items were opened. */
  private final Map<Key, Item> open = new LinkedHashMap<>();

  private long closed;
  private long expired;
  private long dropped;

  /** Creates an empty list of the usual size. */
  public Worklist() {
    this(MOST_ITEMS);
  }

  Worklist(int mostItems) {
    this.mostItems = mostItems;
  }

  /**
   * Opens an item for a refused save, or counts it for an open one.
   *
   * @param actor the id of the sender
   * @param resourceKey the resource, unhashed
   */
  public synchronized void refused(long actor, String resourceKey, JournalEntry entry) {
    expire(entry.time());
    Key key = new Key(actor, hash.of(resourceKey));
    Item known = open.get(key);
    open.put(key, known == null ? new Item(entry, entry, 1) : known.again(entry));
    if (open.size() > mostItems) {
      Iterator<Item> oldest = open.values().iterator();
      oldest.next();
      oldest.remove();
      dropped++;
    }
  }

  /** Closes the item of a sender and a resource, if there is one. */
  public synchronized void saved(long actor, String resourceKey) {
    if (!open.isEmpty() && open.remove(new Key(actor, hash.of(resourceKey))) != null) {
      closed++;
    }
  }

  /** Returns the open items, the oldest first. */
  public synchronized List<Item> open(Instant now) {
    expire(now);
    return new ArrayList<>(open.values());
  }

  private void expire(Instant now) {
    Instant limit = now.minus(EXPIRY);
    Iterator<Item> oldestFirst = open.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next().since().isBefore(limit)) {
      oldestFirst.remove();
      expired++;
    }
  }

  /** Returns how many items were closed by a success. */
  public synchronized long closed() {
    return closed;
  }

  /** Returns how many items expired without a success. */
  public synchronized long expired() {
    return expired;
  }

  /** Returns how many items were dropped because there were too many. */
  public synchronized long dropped() {
    return dropped;
  }

  /** A refused save. Immutable. */
  public static final class Item {

    private final JournalEntry first;
    private final JournalEntry latest;
    private final int attempts;

    private Item(JournalEntry first, JournalEntry latest, int attempts) {
      this.first = first;
      this.latest = latest;
      this.attempts = attempts;
    }

    private Item again(JournalEntry entry) {
      return new Item(first, entry, attempts + 1);
    }

    /** Returns the time of the first refusal. */
    public Instant since() {
      return first.time();
    }

    /** Returns the most recent refusal. */
    public JournalEntry latest() {
      return latest;
    }

    /** Returns how many times the save was refused. */
    public int attempts() {
      return attempts;
    }
  }

  private static final class Key {

    private final long actor;
    private final long resource;

    Key(long actor, long resource) {
      this.actor = actor;
      this.resource = resource;
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof Key
          && ((Key) object).actor == actor
          && ((Key) object).resource == resource;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(actor ^ resource);
    }
  }
}
