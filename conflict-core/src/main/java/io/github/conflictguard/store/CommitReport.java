package io.github.conflictguard.store;

/** Receives what happens to the commits of fenced writes. Implementations are thread-safe. */
public interface CommitReport {

  /**
   * Called for each commit, and each statement in auto-commit mode.
   *
   * @param level what protected it
   * @param database its address without parameters
   */
  void committed(CommitLevel level, String database);

  /**
   * Called when the counter could not be compared for another reason than another write.
   *
   * @param cause reported by the driver
   */
  void failed(String database, Exception cause);

  /**
   * Called when a commit is refused after another commit of the same request has advanced the
   * counter. Under {@code REPEATABLE READ} the reason may be the earlier commit itself, if it came
   * from a second connection after this transaction had begun.
   */
  void overlapped(String database);
}
