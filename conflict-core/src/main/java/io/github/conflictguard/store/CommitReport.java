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
}
