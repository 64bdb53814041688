package io.github.conflictguard.servlet.fence;

import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.store.CommitLevel;
import io.github.conflictguard.store.CommitReport;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Counts the commits of guarded writes by level and database. Thread-safe. */
public final class CommitCounts implements CommitReport {

  private static final Logger LOG = FilterNames.log();

  /** The databases of an application are few; the limit is for addresses that vary. */
  private static final int MOST_NAMES = 64;

  private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();
  private volatile BiConsumer<CommitLevel, String> unfenced = (level, database) -> {};

  CommitCounts() {}

  /** Sets the listener for commits that were not fenced: level and database. */
  public void onUnfenced(BiConsumer<CommitLevel, String> listener) {
    unfenced = listener;
  }

  @Override
  public void committed(CommitLevel level, String database) {
    String name = level + " " + database;
    LongAdder count = counts.get(name);
    if (count == null) {
      String bounded = counts.size() < MOST_NAMES ? name : level + " others";
      count = counts.computeIfAbsent(bounded, any -> new LongAdder());
    }
    count.increment();
    if (level != CommitLevel.FENCED) {
      unfenced.accept(level, database);
    }
  }

  @Override
  public void failed(String database, Exception cause) {
    LOG.log(Level.SEVERE, "A counter could not be compared before a commit in " + database, cause);
  }

  @Override
  public void overlapped(String database) {
    LOG.warning(
        "A commit in "
            + database
            + " was refused after another commit of the same request. If this transaction began"
            + " before that one, with REPEATABLE READ, it fails each time: use READ COMMITTED for it");
  }

  /** Returns the counts by level and database, as {@code fenced jdbc:postgresql://host/db}. */
  public Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((name, count) -> all.put(name, count.sum()));
    return Collections.unmodifiableMap(all);
  }
}
