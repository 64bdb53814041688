package io.github.conflictguard.conflict;

import org.jspecify.annotations.Nullable;

/**
 * The exceptions of drivers that do not implement JDBC: those of R2DBC, and of the SQL clients of
 * Vert.x. Their states and codes are those of the servers, which the same dialects read.
 */
final class ReactiveFailure {

  static final String[] CLASS_NAMES = {
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

  static boolean isOne(Throwable throwable) {
    return IS_ONE.get(throwable.getClass());
  }

  static @Nullable String state(Throwable exception) {
    String state = Guarded.text(exception, "getSqlState");
    return state == null ? Guarded.text(exception, "getCode") : state; // PgException of 3.x
  }

  static @Nullable Integer code(Throwable exception) {
    for (String getter : new String[] {"getErrorCode", "number"}) {
      Object code = Guarded.get(exception, getter);
      if (code instanceof Integer) {
        return (Integer) code;
      }
    }
    return null;
  }
}
