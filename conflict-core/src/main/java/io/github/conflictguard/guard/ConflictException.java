package io.github.conflictguard.guard;

import io.github.conflictguard.conflict.ClassifiedConflict;
import io.github.conflictguard.conflict.ConflictKind;

/**
 * A conflict on its way to {@code ConflictFilter}, which answers it with 409.
 *
 * <p>Guarded methods throw it with the original throwable as its cause. Applications may throw it
 * themselves, most often for {@link ConflictKind#WRONG_STATE} and {@link
 * ConflictKind#BUSINESS_RULE}. The message is for logs alone: no answer ever repeats it.
 */
public final class ConflictException extends RuntimeException implements ClassifiedConflict {

  private static final long serialVersionUID = 1L;

  private final ConflictKind kind;

  /**
   * Makes a conflict that the application itself has found.
   *
   * @param message for the log
   */
  public ConflictException(ConflictKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Makes a conflict out of the throwable that reported it. */
  public ConflictException(ConflictKind kind, Throwable cause) {
    super(kind.code() + ": " + cause.getClass().getName(), cause);
    this.kind = kind;
  }

  @Override
  public ConflictKind kind() {
    return kind;
  }
}
