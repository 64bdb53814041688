package io.github.conflictguard.servlet.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups entries by outcome, kind and place. Bounded. Thread-safe. */
public final class ConflictPatterns {

  static final int MOST_PATTERNS = 500;

  private final Map<PatternKey, ConflictPattern> patterns = new LinkedHashMap<>();
  private int lastId;
  private long ungrouped;

  /** Counts an entry. */
  public synchronized void add(JournalEntry entry) {
    PatternKey key = PatternKey.of(entry);
    ConflictPattern known = patterns.get(key);
    if (known == null) {
      if (patterns.size() >= MOST_PATTERNS) {
        ungrouped++;
        return;
      }
      known = new ConflictPattern(++lastId, entry);
    }
    patterns.put(key, known.with(entry));
  }

  /** Returns all patterns, the most frequent first. */
  public synchronized List<ConflictPattern> all() {
    List<ConflictPattern> all = new ArrayList<>(patterns.values());
    all.sort(
        Comparator.comparingLong(ConflictPattern::count)
            .reversed()
            .thenComparingInt(ConflictPattern::id));
    return all;
  }

  /** Returns the pattern with a number; null when there is none. */
  public @Nullable ConflictPattern of(int id) {
    for (ConflictPattern pattern : all()) {
      if (pattern.id() == id) {
        return pattern;
      }
    }
    return null;
  }

  /** Returns how many entries belong to patterns that are not kept, because there are too many. */
  public synchronized long ungrouped() {
    return ungrouped;
  }
}
