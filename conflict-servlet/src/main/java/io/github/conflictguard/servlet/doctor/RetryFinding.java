package io.github.conflictguard.servlet.doctor;

import org.jspecify.annotations.Nullable;

/** Reports that a guarded method was not repeated, because a transaction was active. */
final class RetryFinding {

  private static final String REFUSED_IN_TRANSACTION = "; not repeated: a transaction is active";
  private static final int MOST_CAUSES = 16;

  private RetryFinding() {}

  /**
   * Adds the finding, if a throwable shows it.
   *
   * @param handler the guarded method; null when it is not known
   */
  static void add(Findings findings, @Nullable String handler, Throwable thrown) {
    if (isRefusedInTransaction(thrown)) {
      findings.add(
          FindingCode.RETRY_IN_TRANSACTION,
          String.valueOf(handler),
          (handler == null ? "A guarded method" : handler)
              + " is to run again after a conflict, but it is called within a transaction, which"
              + " cannot go on after one",
          "Guard the method that begins the transaction, or one that calls it, in its place");
    }
  }

  /** Compares by text: the class of the exception may come from another copy of the library. */
  private static boolean isRefusedInTransaction(Throwable thrown) {
    Throwable at = thrown;
    try {
      for (int depth = 0; at != null && depth < MOST_CAUSES; depth++, at = at.getCause()) {
        if (String.valueOf(at.getMessage()).endsWith(REFUSED_IN_TRANSACTION)) {
          return true;
        }
      }
    } catch (RuntimeException | StackOverflowError e) {
      // An exception whose methods fail must not affect the response.
    }
    return false;
  }
}
