package io.github.conflictguard.store;

import org.jspecify.annotations.Nullable;

/** Reports that the store cannot be used. The message states the cure where it is known. */
public final class StoreException extends Exception {

  private static final long serialVersionUID = 1;

  private final boolean isTransient;

  /**
   * Creates an exception.
   *
   * @param isTransient whether the store may be available later without a change of its table
   */
  StoreException(String message, @Nullable Throwable cause, boolean isTransient) {
    super(message, cause);
    this.isTransient = isTransient;
  }

  /** Returns whether the store may be available later without a change of its table. */
  public boolean isTransient() {
    return isTransient;
  }
}
