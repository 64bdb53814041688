package io.github.conflictguard.classify.sql;

import io.github.conflictguard.classify.evidence.SafeReader;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions of drivers that do not implement JDBC: those of R2DBC, and of the SQL clients of
 * Vert.x. Their states and codes are those of the servers, so the same dialects apply.
 */
public final class ReactiveFailure {

  private static final String[] CLASS_NAMES = {
    "io.r2dbc.spi.R2dbcException",
    "io.vertx.sqlclient.DatabaseException", // since 4.4
    "io.vertx.pgclient.PgException",
    "io.vertx.mysqlclient.MySQLException",
    "io.vertx.mssqlclient.MSSQLException",
    "io.vertx.db2client.DB2Exception",
    "io.vertx.oracleclient.OracleException",
    "io.reactiverse.pgclient.PgException", // before Vert.x 3.8
  };

  private static final ClassValue<Boolean> IS_ONE =
      new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (String name : CLASS_NAMES) {
              if (c.getName().equals(name)) {
                return true;
              }
            }
          }
          return false;
        }
      };

  private ReactiveFailure() {}

  /** Returns the names of the exception classes that are recognized. */
  public static String[] classNames() {
    return CLASS_NAMES.clone();
  }

  static boolean isOne(Throwable throwable) {
    return IS_ONE.get(throwable.getClass());
  }

  static @Nullable String state(Throwable exception) {
    String state = SafeReader.text(exception, "getSqlState");
    return state == null ? SafeReader.text(exception, "getCode") : state; // PgException of 3.x
  }

  static @Nullable Integer code(Throwable exception) {
    for (String getter : new String[] {"getErrorCode", "number"}) {
      Object code = SafeReader.get(exception, getter);
      if (code instanceof Integer) {
        return (Integer) code;
      }
    }
    return null;
  }
}
