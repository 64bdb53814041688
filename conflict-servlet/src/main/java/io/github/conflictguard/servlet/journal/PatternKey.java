package io.github.conflictguard.servlet.journal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the conflicts of one pattern have in common. Immutable. */
final class PatternKey {

  private static final Set<String> METHODS =
      new HashSet<>(Arrays.asList("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));

  private final JournalEntry.Outcome outcome;
  private final String kind;
  private final @Nullable String rule;
  private final @Nullable String handler;
  private final @Nullable String constraint;
  private final String method;

  private PatternKey(JournalEntry entry) {
    this.outcome = entry.outcome();
    this.kind = entry.kind();
    this.rule = entry.rule();
    this.handler = entry.handler();
    this.constraint = entry.constraint();
    // Clients choose the method, but must not fill the table with methods of their own.
    this.method = METHODS.contains(entry.method()) ? entry.method() : "other";
  }

  static PatternKey of(JournalEntry entry) {
    return new PatternKey(entry);
  }

  @Override
  public boolean equals(@Nullable Object object) {
    if (!(object instanceof PatternKey)) {
      return false;
    }
    PatternKey other = (PatternKey) object;
    return outcome == other.outcome
        && kind.equals(other.kind)
        && method.equals(other.method)
        && Objects.equals(rule, other.rule)
        && Objects.equals(handler, other.handler)
        && Objects.equals(constraint, other.constraint);
  }

  @Override
  public int hashCode() {
    return Objects.hash(outcome, kind, rule, handler, constraint, method);
  }

  @Override
  public String toString() {
    return outcome.code()
        + ' '
        + kind
        + ' '
        + rule
        + ' '
        + handler
        + ' '
        + constraint
        + ' '
        + method;
  }
}
