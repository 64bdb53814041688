package io.github.conflictguard.benchmark;

import java.sql.SQLException;

/** What is called, in whatever way it is guarded. */
public interface Handler {

  long handle(long value) throws SQLException;
}
