package io.github.conflictguard.classify.sql;

import io.github.conflictguard.classify.evidence.SafeReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Determines by whose driver an SQL exception was created, the strongest trace first. */
public final class DriverTraces {

  private static final int NO_DIALECT = -1;
  private static final StackTraceElement[] NO_TRACE = {};

  private final List<SqlDialect> dialects;

  /** The packages of each dialect, at its index. */
  private final List<String[]> packages = new ArrayList<>();

  /** Indexes in the list. Numbers, so that no class keeps the loader of this class reachable. */
  private final ClassValue<Integer> byClass =
      new ClassValue<Integer>() {
        @Override
        protected Integer computeValue(Class<?> type) {
          return placeByClass(type);
        }
      };

  public DriverTraces(List<SqlDialect> dialects) {
    this.dialects = dialects;
    for (SqlDialect dialect : dialects) {
      packages.add(dialect.packages().toArray(new String[0]));
    }
  }

  /**
   * Returns the dialect whose driver has created this instance, or null when no known driver has.
   *
   * <p>Half of the drivers (MySQL, MariaDB, Oracle, HSQLDB, Derby, Jaybird) throw classes of {@code
   * java.sql}. In that case the top of the stack trace identifies the driver.
   */
  public @Nullable SqlDialect makerOf(SqlFailure failure) {
    SqlDialect maker = byClass(failure.exception());
    return maker == null ? byStackTrace(failure.exception()) : maker;
  }

  /**
   * Returns the dialect of a driver whose failure is repeated by one that no driver created; or
   * null.
   */
  public @Nullable SqlDialect repeatedIn(SqlFailure failure) {
    Throwable cause = SafeReader.cause(failure.exception());
    SqlDialect ofCause = cause == null ? null : byClass(cause);
    if (ofCause != null) {
      // An exception that a pool wraps around the driver's repeats its codes, or has none.
      return ofCause;
    }
    for (SqlDialect dialect : dialects) {
      if (dialect.isRepeatedIn(failure)) {
        return dialect;
      }
    }
    return null;
  }

  private @Nullable SqlDialect byClass(Throwable throwable) {
    return dialect(byClass.get(throwable.getClass()));
  }

  private @Nullable SqlDialect byStackTrace(Throwable exception) {
    StackTraceElement[] trace = SafeReader.read(exception::getStackTrace);
    for (StackTraceElement frame : trace == null ? NO_TRACE : trace) {
      String className = frame.getClassName();
      // Some drivers create their exceptions by reflection.
      if (!className.startsWith("java.")
          && !className.startsWith("jdk.")
          && !className.startsWith("sun.")) {
        return dialect(placeByName(className));
      }
    }
    return null;
  }

  private @Nullable SqlDialect dialect(int place) {
    return place == NO_DIALECT ? null : dialects.get(place);
  }

  private int placeByClass(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      int place = placeByName(c.getName());
      if (place != NO_DIALECT) {
        return place;
      }
    }
    return NO_DIALECT;
  }

  private int placeByName(String className) {
    for (int i = 0; i < packages.size(); i++) {
      for (String prefix : packages.get(i)) {
        if (className.startsWith(prefix)) {
          return i;
        }
      }
    }
    return NO_DIALECT;
  }
}
