package io.github.conflictguard.event;

/**
 * Receives all conflicts, after the response was written. {@code ConflictFilter} loads listeners as
 * services of the web application: classes named in {@code
 * META-INF/services/io.github.conflictguard.event.ConflictListener}, with a public constructor
 * without parameters. It also takes them from an attribute of the servlet context, see there.
 *
 * <p>Implementations must be thread-safe. They are called synchronously on the thread of the
 * request. Exceptions that they throw are logged and have no other effect.
 */
@FunctionalInterface
public interface ConflictListener {

  /**
   * Called once for each conflict, whether a response was sent for it or, in mode observe, it was
   * only detected.
   */
  void onConflict(ConflictEvent event);

  /** Called for each attempt of a guarded method that may run again. Default: does nothing. */
  default void onRetry(RetryEvent event) {}

  /**
   * Called for each write in mode observe that has overwritten a change unknown to its sender.
   * Default: does nothing.
   */
  default void onLostUpdate(LostUpdateEvent event) {}

  /** Called for each write that waited a second or longer for a lock. Default: does nothing. */
  default void onLockWait(LockWaitEvent event) {}

  /**
   * Called when the recover method of a guarded method has taken the place of a conflict, which is
   * not passed to {@link #onConflict} then. After asynchronous work, it is called on the thread
   * that has completed that. Default: does nothing.
   */
  default void onRecovery(RecoveryEvent event) {}
}
