package io.github.conflictguard.classify.sql;

import io.github.conflictguard.classify.evidence.ConstraintName;
import io.github.conflictguard.classify.evidence.SafeReader;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The failure that a driver's exception reports: state, code and message, each read once. */
public final class SqlFailure {

  private final Throwable exception;
  private final @Nullable String state;
  private final int code;
  private @Nullable String message;

  private SqlFailure(Throwable exception, @Nullable String state, int code) {
    this.exception = exception;
    this.state = state;
    this.code = code;
  }

  /** Reads a throwable; null when it is not the failure of a database driver. */
  public static @Nullable SqlFailure of(Throwable throwable) {
    if (throwable instanceof SQLException) {
      SQLException exception = (SQLException) throwable;
      Integer code = SafeReader.read(exception::getErrorCode);
      return failure(exception, SafeReader.read(exception::getSQLState), code);
    }
    return ReactiveFailure.isOne(throwable)
        ? failure(throwable, ReactiveFailure.state(throwable), ReactiveFailure.code(throwable))
        : null;
  }

  private static SqlFailure failure(
      Throwable exception, @Nullable String state, @Nullable Integer code) {
    return new SqlFailure(exception, state, code == null ? 0 : code);
  }

  /** Returns the exception itself, for getters that are specific to its driver. */
  Throwable exception() {
    return exception;
  }

  /** Returns the SQLState, or null: some drivers have none. */
  @Nullable String state() {
    return state;
  }

  boolean hasState(String expected) {
    return expected.equals(state);
  }

  /** Returns the vendor code; 0 when there is none. */
  int code() {
    return code;
  }

  /**
   * Returns the message, or an empty string. It may contain input of users: code that searches it
   * has to state why no value can imitate the text it searches for.
   */
  String message() {
    String known = message;
    if (known == null) {
      known = SafeReader.read(exception::getMessage);
      message = known = known == null ? "" : known;
    }
    return known;
  }

  /** Returns the match of the pattern's first group at the beginning of the message, or null. */
  @Nullable String find(Pattern pattern) {
    return ConstraintName.find(pattern, message());
  }

  boolean isBatch() {
    return exception instanceof BatchUpdateException;
  }

  boolean hasSameCodesAs(SqlFailure other) {
    return code == other.code && (state == null ? other.state == null : state.equals(other.state));
  }
}
