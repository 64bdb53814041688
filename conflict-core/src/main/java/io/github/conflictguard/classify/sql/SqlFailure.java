package io.github.conflictguard.classify.sql;

import io.github.conflictguard.classify.evidence.ConstraintName;
import io.github.conflictguard.classify.evidence.SafeReader;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a driver's exception reports: state, code and message, each read once. */
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

  /** The exception itself, for getters that only its driver has. */
  Throwable exception() {
    return exception;
  }

  /** The SQLState, or null: some drivers have none. */
  @Nullable String state() {
    return state;
  }

  boolean hasState(String expected) {
    return expected.equals(state);
  }

  /** The vendor's code; 0 when there is none. */
  int code() {
    return code;
  }

  /**
   * The message, or an empty text. It is full of what users typed: whoever looks for something in
   * it has to say why no value can imitate that.
   */
  String message() {
    String known = message;
    if (known == null) {
      known = SafeReader.read(exception::getMessage);
      message = known = known == null ? "" : known;
    }
    return known;
  }

  /** What the first group of the pattern finds at the beginning of the message, or null. */
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
