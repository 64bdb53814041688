package io.github.conflictguard.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the databases do in their own way: the types of columns, and the options of tables. */
public enum StoreDialect {

  /** PostgreSQL, and databases that report themselves as such. Leaves room for updates in place. */
  POSTGRESQL("VARCHAR(64)", "BIGINT", " WITH (fillfactor = 50)"),

  /** MySQL and MariaDB. Old servers create tables without transactions by default. */
  MYSQL("VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin", "BIGINT", " ENGINE=InnoDB"),

  /** Oracle. */
  ORACLE("VARCHAR2(64)", "NUMBER(19)", ""),

  /** Microsoft SQL Server. */
  SQLSERVER("VARCHAR(64)", "BIGINT", ""),

  /** Db2. */
  DB2("VARCHAR(64)", "BIGINT", ""),

  /** H2. */
  H2("VARCHAR(64)", "BIGINT", ""),

  /** Any other database. */
  STANDARD("VARCHAR(64)", "BIGINT", "");

  private final String text;
  private final String number;
  private final String options;

  StoreDialect(String text, String number, String options) {
    this.text = text;
    this.number = number;
    this.options = options;
  }

  /** Returns the dialect of a database, by the product name in its metadata. */
  static StoreDialect of(String product) {
    String name = product.toLowerCase(Locale.ROOT);
    if (name.contains("postgresql")) {
      return POSTGRESQL;
    }
    if (name.contains("mysql") || name.contains("mariadb")) {
      return MYSQL;
    }
    if (name.contains("oracle")) {
      return ORACLE;
    }
    if (name.contains("sql server")) {
      return SQLSERVER;
    }
    return name.startsWith("db2") ? DB2 : name.equals("h2") ? H2 : STANDARD;
  }

  /**
   * Returns the dialect with a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static StoreDialect named(String name) {
    for (StoreDialect dialect : values()) {
      if (dialect.toString().equals(name)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException(
        "The database '" + name + "' is unknown; accepted are " + names());
  }

  /** Returns the names of all dialects, in lower case. */
  public static String names() {
    return Arrays.stream(values()).map(StoreDialect::toString).collect(Collectors.joining(", "));
  }

  /**
   * Returns the statement that creates the table of the counters.
   *
   * @param table its name, see {@link StoreTable#name}
   */
  public String createTable(String table) {
    String lastColumn = "\n  written_by " + text;
    return "CREATE TABLE "
        + table
        + " (\n  id "
        + text
        + " NOT NULL PRIMARY KEY"
        + numberColumn("fence")
        + numberColumn("writes")
        + ",\n  holder "
        + text
        + numberColumn("held_until")
        + numberColumn("written_at")
        + ","
        + lastColumn
        + "\n)"
        + options;
  }

  private String numberColumn(String name) {
    return ",\n  " + name + " " + number + " DEFAULT 0 NOT NULL";
  }

  /** Returns the name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
