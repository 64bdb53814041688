package io.github.conflictguard.servlet.journal;

import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.LockWaitEvent;
import io.github.conflictguard.event.LostUpdateEvent;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.journal.JournalEntry.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The most recent conflicts, lost updates and lock waits. Bounded by count and by bytes: the oldest
 * entries are dropped, and the counts continue. Thread-safe.
 */
public final class Journal implements AutoCloseable {

  /** The maximum number of entries. */
  public static final int MOST_ENTRIES = 2000;

  /** The maximum memory. */
  public static final long MOST_BYTES = 2L << 20;

  private static final Logger LOG = FilterNames.log();

  private final int mostEntries;
  private final long mostBytes;
  private final UnaryOperator<String> keys;
  private final Deque<JournalEntry> entries = new ArrayDeque<>();
  private final List<JournalListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean failed = new AtomicBoolean();
  private final Map<Outcome, Long> totals = new EnumMap<>(Outcome.class);
  private long bytes;
  private long last;

  /**
   * Creates an empty journal of the usual size.
   *
   * @param keys what is recorded in place of a path or a resource key
   */
  public Journal(UnaryOperator<String> keys) {
    this(MOST_ENTRIES, MOST_BYTES, keys);
  }

  Journal(int mostEntries, long mostBytes, UnaryOperator<String> keys) {
    this.mostEntries = mostEntries;
    this.mostBytes = mostBytes;
    this.keys = keys;
  }

  /** Adds a receiver of all entries to come. */
  public void add(JournalListener listener) {
    listeners.add(listener);
  }

  /** Records a conflict. */
  public JournalEntry record(ConflictEvent event) {
    return record(JournalEntry.of(event, keys));
  }

  /** Records a lost update. */
  public JournalEntry record(LostUpdateEvent event) {
    return record(JournalEntry.of(event, keys));
  }

  /** Records a lock wait. */
  public JournalEntry record(LockWaitEvent event) {
    return record(JournalEntry.of(event, keys));
  }

  private JournalEntry record(JournalEntry.Builder added) {
    JournalEntry entry;
    synchronized (this) {
      entry = added.at(++last);
      entries.addLast(entry);
      bytes += entry.bytes();
      totals.merge(entry.outcome(), 1L, Long::sum);
      while (entries.size() > mostEntries || bytes > mostBytes) {
        bytes -= entries.removeFirst().bytes();
      }
    }
    for (JournalListener listener : listeners) {
      try {
        listener.recorded(entry);
      } catch (RuntimeException | LinkageError e) {
        if (failed.compareAndSet(false, true)) {
          LOG.log(
              Level.WARNING, "A receiver of the journal failed; further failures are silent", e);
        }
      }
    }
    return entry;
  }

  /**
   * Returns the entries after a position, the oldest first.
   *
   * @param sequence a position; 0 for all
   * @param limit the maximum number; the newest are returned
   */
  public List<JournalEntry> since(long sequence, int limit) {
    List<JournalEntry> found = newest(limit, sequence);
    Collections.reverse(found);
    return found;
  }

  /** Returns the newest entries, the newest first. */
  public List<JournalEntry> newest(int limit) {
    return newest(limit, 0);
  }

  private synchronized List<JournalEntry> newest(int limit, long sequence) {
    List<JournalEntry> found = new ArrayList<>();
    Iterator<JournalEntry> newestFirst = entries.descendingIterator();
    while (newestFirst.hasNext() && found.size() < limit) {
      JournalEntry entry = newestFirst.next();
      if (entry.sequence() <= sequence) {
        break;
      }
      found.add(entry);
    }
    return found;
  }

  /** Returns the entry of an instance; null when there is none, or no longer. */
  public @Nullable JournalEntry find(String instance) {
    for (JournalEntry entry : newest(mostEntries)) {
      if (instance.equals(entry.instance())) {
        return entry;
      }
    }
    return null;
  }

  /** Returns the entry at a position; null when there is none, or no longer. */
  public synchronized @Nullable JournalEntry at(long sequence) {
    for (JournalEntry entry : entries) {
      if (entry.sequence() == sequence) {
        return entry;
      }
    }
    return null;
  }

  /** Returns the position of the newest entry; 0 for none. */
  public synchronized long lastSequence() {
    return last;
  }

  /** Returns the number of entries that can still be read. */
  public synchronized int size() {
    return entries.size();
  }

  /** Returns an estimate of the memory in use. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Returns the number of entries with an outcome since the start, dropped ones included. */
  public synchronized long total(Outcome outcome) {
    return totals.getOrDefault(outcome, 0L);
  }

  /** Closes all receivers. */
  @Override
  public void close() {
    for (JournalListener listener : listeners) {
      try {
        listener.close();
      } catch (RuntimeException | LinkageError e) {
        LOG.log(Level.WARNING, "A receiver of the journal could not be closed", e);
      }
    }
    listeners.clear();
  }
}
