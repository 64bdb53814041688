package io.github.conflictguard.conflict;

import java.sql.SQLException;
import java.util.Map;
import java.util.function.BiFunction;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/** What Spring's JDBC makes of a driver's exception; loaded once for each release of Spring. */
public final class SpringTranslation implements BiFunction<String, SQLException, Throwable> {

  private static final Map<String, String> PRODUCT_NAMES =
      Map.ofEntries(
          Map.entry("ORACLE", "Oracle"),
          Map.entry("POSTGRESQL", "PostgreSQL"),
          Map.entry("MYSQL", "MySQL"),
          Map.entry("MARIADB", "MariaDB"),
          Map.entry("SQL_SERVER", "Microsoft SQL Server"),
          Map.entry("DB2", "DB2/LINUXX8664"),
          Map.entry("H2", "H2"),
          Map.entry("HSQLDB", "HSQL Database Engine"),
          Map.entry("DERBY", "Apache Derby"),
          Map.entry("SYBASE", "Adaptive Server Enterprise"),
          Map.entry("INFORMIX", "Informix Dynamic Server"),
          Map.entry("FIREBIRD", "Firebird"),
          Map.entry("HANA", "HDB"),
          Map.entry("SQLITE", "SQLite"));

  private final String kind;

  public SpringTranslation(String kind) {
    this.kind = kind;
  }

  @Override
  public Throwable apply(String product, SQLException drivers) {
    return translator(product).translate("task", "sql", drivers);
  }

  private SQLExceptionTranslator translator(String product) {
    switch (kind) {
      case "codes":
        return new SQLErrorCodeSQLExceptionTranslator(PRODUCT_NAMES.get(product));
      case "classes":
        return new SQLExceptionSubclassTranslator();
      default:
        return new SQLStateSQLExceptionTranslator();
    }
  }
}
