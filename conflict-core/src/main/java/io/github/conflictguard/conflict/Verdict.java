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
  private final @Nullable Conflict conflict;

  private Verdict(boolean decided, @Nullable Conflict conflict) {
    this.decided = decided;
    this.conflict = conflict;
  }

  static Verdict conflict(ConflictKind kind) {
    return new Verdict(true, Conflict.of(kind));
  }

  static Verdict conflict(ConflictKind kind, @Nullable String constraint) {
    return new Verdict(true, Conflict.of(kind, constraint));
  }

  boolean isDecided() {
    return decided;
  }

  boolean isConflict() {
    return conflict != null;
  }

  /** The conflict, or null when there is none or nothing was decided. */
  @Nullable Conflict conflict() {
    return conflict;
  }

  /** The kind of conflict, or null when there is none or nothing was decided. */
  @Nullable ConflictKind kind() {
    return conflict == null ? null : conflict.kind();
  }
}
