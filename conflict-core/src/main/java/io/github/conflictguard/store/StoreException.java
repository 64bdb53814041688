package io.github.conflictguard.store;

import org.jspecify.annotations.Nullable;

/** Reports that the store cannot be used. The message states the cure where it is known. */
public final class StoreException extends Exception {

  private static final long serialVersionUID = 1;

  StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
