package io.github.conflictguard.conflict;

import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** What Ebean's platforms make of a driver's exception. */
final class EbeanTranslation implements BiFunction<String, SQLException, Throwable> {

  private static final Map<String, String> PLATFORMS =
      Map.of(
          "ORACLE", "oracle.OraclePlatform",
          "POSTGRESQL", "postgres.PostgresPlatform",
          "MYSQL", "mysql.MySqlPlatform",
          "MARIADB", "mariadb.MariaDbPlatform",
          "SQL_SERVER", "sqlserver.SqlServer17Platform",
          "DB2", "db2.DB2LuwPlatform",
          "H2", "h2.H2Platform",
          "HSQLDB", "hsqldb.HsqldbPlatform",
          "SQLITE", "sqlite.SQLitePlatform");

  private final ClassLoader ebean;
  private final Map<String, Object> platforms = new ConcurrentHashMap<>();

  EbeanTranslation(ClassLoader ebean) {
    this.ebean = ebean;
  }

  /** Returns the exception itself for products that Ebean does not support. */
  @Override
  public Throwable apply(String product, SQLException drivers) {
    String name = PLATFORMS.get(product);
    try {
      Object platform = name == null ? null : platforms.computeIfAbsent(name, this::platform);
      if (platform == null) {
        return drivers;
      }
      Method translate =
          platform.getClass().getMethod("translate", String.class, SQLException.class);
      return (Throwable) translate.invoke(platform, "message", drivers);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(product, e);
    }
  }

  private Object platform(String name) {
    try {
      return ebean.loadClass("io.ebean.platform." + name).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
