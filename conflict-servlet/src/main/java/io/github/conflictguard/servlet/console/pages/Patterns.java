package io.github.conflictguard.servlet.console.pages;

import io.github.conflictguard.servlet.console.format.Column.Kind;
import io.github.conflictguard.servlet.console.format.Table;
import io.github.conflictguard.servlet.console.html.Address;
import io.github.conflictguard.servlet.journal.ConflictPattern;
import io.github.conflictguard.servlet.journal.JournalEntry;
import io.github.conflictguard.servlet.journal.JournalEntry.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Patterns of conflicts in the order of their harm, never by their number alone. */
final class Patterns {

  private static final Comparator<ConflictPattern> BY_HARM =
      Comparator.<ConflictPattern>comparingInt(pattern -> pattern.outcome() == Outcome.LOST ? 0 : 1)
          .thenComparing(Comparator.comparingLong(ConflictPattern::wastedMillis).reversed())
          .thenComparing(Comparator.comparingLong(ConflictPattern::count).reversed());

  private Patterns() {}

  /** Returns a table of the patterns, each linked to its conflicts. */
  static Table table(List<ConflictPattern> patterns) {
    Table table =
        new Table("patterns")
            .column("outcome", Kind.BADGE)
            .column("kind", Kind.WORD)
            .column("place", Kind.CODE)
            .column("count", Kind.NUMBER)
            .column("self", Kind.NUMBER)
            .column("disjoint", Kind.NUMBER)
            .column("wasted", Kind.MILLIS)
            .column("last", Kind.TIME)
            .column("first", Kind.PROGRAM)
            .column("method", Kind.PROGRAM)
            .column("constraint", Kind.PROGRAM);
    List<ConflictPattern> ordered = new ArrayList<>(patterns);
    ordered.sort(BY_HARM);
    for (ConflictPattern pattern : ordered) {
      table
          .row(
              pattern.outcome().code(),
              pattern.kind(),
              pattern.latest().place(),
              pattern.count(),
              pattern.self(),
              pattern.comparable() == 0 ? null : (Long) pattern.disjoint(),
              pattern.wastedMillis() == 0 ? null : (Long) pattern.wastedMillis(),
              pattern.latest().time(),
              pattern.firstSeen(),
              pattern.method(),
              pattern.constraint())
          .linkedTo(address(pattern))
          .toned(tone(pattern.outcome()));
    }
    return table;
  }

  /** Returns the pattern of an entry; null if it is not grouped. */
  static @Nullable ConflictPattern of(JournalEntry entry, List<ConflictPattern> patterns) {
    for (ConflictPattern pattern : patterns) {
      if (pattern.contains(entry)) {
        return pattern;
      }
    }
    return null;
  }

  static String address(ConflictPattern pattern) {
    return Address.of("conflicts", "pattern", String.valueOf(pattern.id()));
  }

  /** Returns the class in the style sheet of an outcome. */
  static String tone(Outcome outcome) {
    return outcome == Outcome.WAITED ? "wait" : outcome.code();
  }
}
