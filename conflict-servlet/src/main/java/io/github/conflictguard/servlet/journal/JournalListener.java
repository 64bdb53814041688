package io.github.conflictguard.servlet.journal;

/** Receives the entries of the journal. Implementations are thread-safe and return at once. */
public interface JournalListener extends AutoCloseable {

  /** Called for each new entry, in any order. */
  void recorded(JournalEntry entry);

  /** Releases what the listener uses. Default: does nothing. */
  @Override
  default void close() {}
}
