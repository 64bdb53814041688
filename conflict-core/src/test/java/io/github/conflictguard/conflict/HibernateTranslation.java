package io.github.conflictguard.conflict;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.hibernate.HibernateException;
import org.hibernate.dialect.Dialect;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.exception.GenericJDBCException;
import org.hibernate.exception.internal.SQLExceptionTypeDelegate;
import org.hibernate.exception.internal.SQLStateConversionDelegate;
import org.hibernate.exception.spi.SQLExceptionConversionDelegate;
import org.hibernate.internal.ExceptionConverterImpl;
import org.mockito.Mockito;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;

/**
 * What Hibernate's dialects make of a driver's exception, and JPA and Spring of that; loaded once
 * for each release of Hibernate.
 */
public final class HibernateTranslation implements BiFunction<String, SQLException, Throwable> {

  private final String outermost;
  private final Map<String, Dialect> dialects = new ConcurrentHashMap<>();

  public HibernateTranslation(String outermost) {
    this.outermost = outermost;
  }

  @Override
  public Throwable apply(String product, SQLException drivers) {
    Dialect dialect = dialects.computeIfAbsent(product, HibernateTranslation::dialect);
    HibernateException converted = converted(dialect, drivers);
    switch (outermost) {
      case "jpa":
        return Jpa.CONVERTER.convert(converted);
      case "spring":
        return new HibernateJpaDialect().translateExceptionIfPossible(converted);
      default:
        return converted;
    }
  }

  /** The chain that Hibernate builds in its environment: the dialect, the class, the state. */
  private static HibernateException converted(Dialect dialect, SQLException drivers) {
    SQLExceptionConversionDelegate[] delegates = {
      dialect.buildSQLExceptionConversionDelegate(),
      new SQLExceptionTypeDelegate(dialect),
      new SQLStateConversionDelegate(dialect)
    };
    for (SQLExceptionConversionDelegate delegate : delegates) {
      try {
        HibernateException converted =
            delegate == null ? null : delegate.convert(drivers, "message", "sql");
        if (converted != null) {
          return converted;
        }
      } catch (HibernateException thrown) {
        return thrown; // as some dialects of version 5 do
      }
    }
    return new GenericJDBCException("message", drivers);
  }

  private static Dialect dialect(String product) {
    for (String name : names(product)) {
      try {
        return (Dialect)
            Class.forName("org.hibernate.dialect." + name).getDeclaredConstructor().newInstance();
      } catch (ClassNotFoundException otherRelease) {
        // the next one
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(product, e);
      }
    }
    throw new IllegalStateException(product);
  }

  /** Those of Hibernate 5 first. */
  private static String[] names(String product) {
    switch (product) {
      case "ORACLE":
        return new String[] {"Oracle12cDialect", "OracleDialect"};
      case "POSTGRESQL":
        return new String[] {"PostgreSQL10Dialect", "PostgreSQLDialect"};
      case "MYSQL":
        return new String[] {"MySQL8Dialect", "MySQLDialect"};
      case "MARIADB":
        return new String[] {"MariaDB103Dialect", "MariaDBDialect"};
      case "SQL_SERVER":
        return new String[] {"SQLServer2012Dialect", "SQLServerDialect"};
      case "DB2":
        return new String[] {"DB2Dialect"};
      case "H2":
        return new String[] {"H2Dialect"};
      case "HSQLDB":
        return new String[] {"HSQLDialect"};
      case "DERBY":
        return new String[] {"DerbyTenSevenDialect", "DerbyDialect"};
      case "SYBASE":
        return new String[] {"SybaseASE157Dialect", "SybaseASEDialect"};
      case "HANA":
        return new String[] {"HANACloudColumnStoreDialect", "HANADialect"};
      default:
        // Informix, Firebird, SQLite: a dialect without delegates of its own.
        return new String[] {"Oracle8iDialect", "SybaseDialect"};
    }
  }

  private static final class Jpa {

    static final ExceptionConverterImpl CONVERTER =
        new ExceptionConverterImpl(
            Mockito.mock(SharedSessionContractImplementor.class, Mockito.RETURNS_DEEP_STUBS));
  }
}
