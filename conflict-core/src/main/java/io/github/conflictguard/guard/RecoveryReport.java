package io.github.conflictguard.guard;

import io.github.conflictguard.count.RecoveryCounts;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reports the outcome of one recovery to the log, the counters and the listeners of the request
 * that it belongs to. Never throws: the result of the recovery must not be lost. Thread-safe.
 */
final class RecoveryReport {

  private static final Logger LOG = Logger.getLogger(RecoveryReport.class.getName());

  private final String handler;
  private final String cause;
  private final @Nullable RepeatCheck check;

  /**
   * Creates the report of a recovery that begins.
   *
   * @param failure the failure to recover from
   * @param check the one of the request; null for none
   */
  RecoveryReport(String handler, Throwable failure, @Nullable RepeatCheck check) {
    this.handler = handler;
    this.cause =
        failure instanceof ConflictException
            ? ((ConflictException) failure).kind().code()
            : failure.getClass().getName();
    this.check = check;
  }

  /**
   * Reports the outcome, when the work has ended.
   *
   * @param result the result of the recovery; for a stage, its completion is the outcome
   * @param thrown its exception; null for none
   */
  void returned(@Nullable Object result, @Nullable Throwable thrown) {
    if (thrown == null && result instanceof CompletionStage) {
      try {
        ((CompletionStage<?>) result).whenComplete((value, failure) -> ended(failure));
        return;
      } catch (RuntimeException | LinkageError e) {
        // It cannot be followed: that it was returned is all that is known.
      }
    }
    ended(thrown);
  }

  private void ended(@Nullable Throwable thrown) {
    try {
      RecoveryCounts counts = RecoveryCounts.of(handler);
      if (thrown == null) {
        counts.recovered();
      } else {
        counts.failed();
      }
      LOG.log(
          Level.FINE,
          thrown == null ? "{0}: {1} was recovered from" : "{0}: {1}, and recovering failed: {2}",
          new Object[] {handler, cause, String.valueOf(thrown)});
      if (check != null) {
        check.recovered(handler, cause, thrown == null ? "RECOVERED" : "FAILED");
      }
    } catch (RuntimeException | LinkageError e) {
      // A handler of the log, or a listener.
    }
  }
}
