package io.github.conflictguard.conflict;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.apache.openjpa.jdbc.conf.JDBCConfigurationImpl;
import org.apache.openjpa.jdbc.sql.DBDictionary;
import org.apache.openjpa.persistence.PersistenceExceptions;

/** What OpenJPA's dictionaries make of a driver's exception, as an application gets it. */
final class OpenJpaTranslation implements BiFunction<String, SQLException, Throwable> {

  private static final Map<String, String> DICTIONARIES =
      Map.ofEntries(
          Map.entry("ORACLE", "oracle"),
          Map.entry("POSTGRESQL", "postgres"),
          Map.entry("MYSQL", "mysql"),
          Map.entry("MARIADB", "mariadb"),
          Map.entry("SQL_SERVER", "sqlserver"),
          Map.entry("DB2", "db2"),
          Map.entry("H2", "h2"),
          Map.entry("HSQLDB", "hsql"),
          Map.entry("DERBY", "derby"),
          Map.entry("SYBASE", "sybase"),
          Map.entry("INFORMIX", "informix"),
          Map.entry("FIREBIRD", "org.apache.openjpa.jdbc.sql.FirebirdDictionary"),
          Map.entry(
              "HANA",
              "org.apache.openjpa.jdbc.sql.SolidDBDictionary"), // has none; this one takes HY000
          // for a lock
          Map.entry("SQLITE", "access")); // has none

  private final Map<String, DBDictionary> dictionaries = new ConcurrentHashMap<>();

  @Override
  public Throwable apply(String product, SQLException drivers) {
    DBDictionary dictionary = dictionaries.computeIfAbsent(product, OpenJpaTranslation::dictionary);
    return PersistenceExceptions.toPersistenceException(
        dictionary.newStoreException("message", new SQLException[] {drivers}, null));
  }

  private static DBDictionary dictionary(String product) {
    JDBCConfigurationImpl configuration = new JDBCConfigurationImpl();
    configuration.setLog("none");
    configuration.setDBDictionary(DICTIONARIES.get(product));
    return configuration.getDBDictionaryInstance();
  }
}
