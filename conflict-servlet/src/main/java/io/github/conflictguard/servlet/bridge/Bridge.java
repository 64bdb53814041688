package io.github.conflictguard.servlet.bridge;

import io.github.conflictguard.event.ConflictEvent;

/**
 * The connection to a library of the application. Its methods may throw errors if the application
 * has a version of the library that does not fit. Thread-safe. Public, as its types are, for
 * implementations in a class loader of their own.
 */
public interface Bridge {

  /** Publishes a further number. Called once for each. */
  void publish(Series series);

  /** Adds a conflict to what the library records of the current request. */
  default void onConflict(ConflictEvent event) {}

  /** Called for every request, until the library is ready. */
  default void onRequest() {}

  /** Removes everything that was published. */
  void close();
}
