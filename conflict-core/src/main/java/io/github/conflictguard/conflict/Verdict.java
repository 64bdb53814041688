package io.github.conflictguard.conflict;

import org.jspecify.annotations.Nullable;

/**
 * What one piece of evidence says: a conflict of some kind, decidedly no conflict, or nothing.
 *
 * <p>The difference between the last two matters. A driver that reports a NOT NULL violation
 * silences a wrapper that speaks of a duplicate; a driver whose codes nobody knows leaves the
 * wrapper its say.
 */
final class Verdict {

  static final Verdict NO_CONFLICT = new Verdict(true, null);
  static final Verdict UNDECIDED = new Verdict(false, null);

  private final boolean decided;
  private final @Nullable ConflictKind kind;

  private Verdict(boolean decided, @Nullable ConflictKind kind) {
    this.decided = decided;
    this.kind = kind;
  }

  static Verdict conflict(ConflictKind kind) {
    return new Verdict(true, kind);
  }

  boolean isDecided() {
    return decided;
  }

  /** The kind of conflict, or null when there is none or nothing was decided. */
  @Nullable ConflictKind kind() {
    return kind;
  }
}
