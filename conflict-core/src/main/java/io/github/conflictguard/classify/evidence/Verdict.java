package io.github.conflictguard.classify.evidence;

import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictKind;
import org.jspecify.annotations.Nullable;

/**
 * The result of one kind of evidence: a conflict of some kind, certainly no conflict, or undecided.
 *
 * <p>The difference between the last two matters. A driver that reports a NOT NULL violation
 * overrules a wrapper that stands for a duplicate; a driver whose codes are unknown leaves the
 * decision to the wrapper.
 */
public final class Verdict {

  /** The evidence rules out a conflict. */
  public static final Verdict NO_CONFLICT = new Verdict(true, null);

  /** The evidence is not conclusive. */
  public static final Verdict UNDECIDED = new Verdict(false, null);

  private final boolean decided;
  private final @Nullable Conflict conflict;

  private Verdict(boolean decided, @Nullable Conflict conflict) {
    this.decided = decided;
    this.conflict = conflict;
  }

  /** Returns the verdict that there is a conflict of the given kind. */
  public static Verdict conflict(ConflictKind kind) {
    return new Verdict(true, Conflict.of(kind));
  }

  /**
   * Returns the verdict that there is a conflict of the given kind.
   *
   * @param constraint the name of the violated constraint; null when it is not known
   */
  public static Verdict conflict(ConflictKind kind, @Nullable String constraint) {
    return new Verdict(true, Conflict.of(kind, constraint));
  }

  /** Returns whether the evidence is conclusive. */
  public boolean isDecided() {
    return decided;
  }

  /** Returns whether there is a conflict. */
  public boolean isConflict() {
    return conflict != null;
  }

  /** Returns the conflict, or null when there is none or nothing was decided. */
  public @Nullable Conflict conflict() {
    return conflict;
  }

  /** Returns the kind of conflict, or null when there is none or nothing was decided. */
  public @Nullable ConflictKind kind() {
    return conflict == null ? null : conflict.kind();
  }
}
