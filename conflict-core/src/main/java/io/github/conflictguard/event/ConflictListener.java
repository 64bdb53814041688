package io.github.conflictguard.event;

/**
 * Receives every conflict, after its answer was written. {@code ConflictFilter} finds listeners as
 * services of the web application: classes named in {@code
 * META-INF/services/io.github.conflictguard.event.ConflictListener}, with a public constructor
 * without parameters. It also takes them from an attribute of the servlet context, see there.
 *
 * <p>Implementations are safe for use by several threads. They are called on the thread of the
 * request, which waits for them. What they throw is logged and disturbs nobody.
 */
@FunctionalInterface
public interface ConflictListener {

  /** Called once for each conflict, whether it is answered or, in mode observe, only seen. */
  void onConflict(ConflictEvent event);

  /** Called for each attempt of a guarded method that may run again. Default: does nothing. */
  default void onRetry(RetryEvent event) {}
}
