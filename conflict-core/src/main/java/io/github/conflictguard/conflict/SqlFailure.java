package io.github.conflictguard.conflict;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What an SQL exception says about itself, read once and with care. */
final class SqlFailure {

  private final Class<?> type;
  private final @Nullable String state;
  private final int code;

  private SqlFailure(Class<?> type, @Nullable String state, int code) {
    this.type = type;
    this.state = state;
    this.code = code;
  }

  static SqlFailure of(SQLException exception) {
    Integer code = Guarded.read(exception::getErrorCode);
    return new SqlFailure(
        exception.getClass(), Guarded.read(exception::getSQLState), code == null ? 0 : code);
  }

  /** The SQLState, or null: some drivers have none. */
  @Nullable String state() {
    return state;
  }

  /** The vendor's code; 0 when there is none. */
  int code() {
    return code;
  }

  /** Says whether the exception, or a class it is derived from, comes from a driver's package. */
  boolean isFrom(String packagePrefix) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getName().startsWith(packagePrefix)) {
        return true;
      }
    }
    return false;
  }
}
