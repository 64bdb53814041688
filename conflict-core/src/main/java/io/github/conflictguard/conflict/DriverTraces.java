package io.github.conflictguard.conflict;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells by whose driver an SQL exception was made, the strongest trace first. */
final class DriverTraces {

  private final List<SqlDialect> dialects;

  DriverTraces(List<SqlDialect> dialects) {
    this.dialects = dialects;
  }

  /** The dialect in which to read the failure, or null when nothing tells it. */
  @Nullable SqlDialect dialectOf(SqlFailure failure) {
    SqlDialect maker = makerOf(failure);
    if (maker != null) {
      return maker;
    }
    Throwable cause = Guarded.read(failure.exception()::getCause);
    SqlDialect ofCause = cause == null ? null : byClass(cause.getClass());
    if (ofCause != null) {
      // What a pool wraps around the driver's exception repeats its codes, or has none.
      return ofCause;
    }
    for (SqlDialect dialect : dialects) {
      if (dialect.isRepeatedIn(failure)) {
        return dialect;
      }
    }
    return null;
  }

  /**
   * The dialect whose driver has made this very instance, or null when somebody else did.
   *
   * <p>Half of the drivers (MySQL, MariaDB, Oracle, HSQLDB, Derby, Jaybird) throw classes of {@code
   * java.sql}. Then the top of the stack trace knows where it was made.
   */
  @Nullable SqlDialect makerOf(SqlFailure failure) {
    SqlDialect byClass = byClass(failure.exception().getClass());
    return byClass == null ? byStackTrace(failure.exception()) : byClass;
  }

  private @Nullable SqlDialect byClass(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      SqlDialect dialect = byClassName(c.getName());
      if (dialect != null) {
        return dialect;
      }
    }
    return null;
  }

  private @Nullable SqlDialect byStackTrace(SQLException exception) {
    StackTraceElement[] trace = Guarded.read(exception::getStackTrace);
    for (StackTraceElement frame : trace == null ? new StackTraceElement[0] : trace) {
      String className = frame.getClassName();
      // Some drivers make their exceptions by reflection.
      if (!className.startsWith("java.")
          && !className.startsWith("jdk.")
          && !className.startsWith("sun.")) {
        return byClassName(className);
      }
    }
    return null;
  }

  private @Nullable SqlDialect byClassName(String className) {
    for (SqlDialect dialect : dialects) {
      for (String prefix : dialect.packages()) {
        if (className.startsWith(prefix)) {
          return dialect;
        }
      }
    }
    return null;
  }
}
