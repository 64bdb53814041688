package io.github.conflictguard.conflict;

import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The databases that run inside the tests, and what each of them does in its own way. */
enum Product {
  H2("jdbc:h2:mem:products;db_close_delay=-1") {
    @Override
    void impatient(Connection connection) throws SQLException {
      run(connection, "set lock_timeout 20");
    }

    @Override
    void patient(Connection connection) throws SQLException {
      run(connection, "set lock_timeout 20000");
    }
  },
  H2_OF_2019("jdbc:h2:mem:products;db_close_delay=-1") {
    @Override
    Connection connect() throws SQLException {
      return old("h2-1.4.200.jar", "org.h2.Driver").connect(url, new Properties());
    }

    @Override
    void impatient(Connection connection) throws SQLException {
      run(connection, "set lock_timeout 20");
    }

    /**
     * Now and then the survivor of a deadlock is not woken up, and waits until its time is over,
     * twice.
     */
    @Override
    void patient(Connection connection) throws SQLException {
      run(connection, "set lock_timeout 5000");
    }

    /** Its snapshots came later. */
    @Override
    boolean noticesStaleSnapshots() {
      return false;
    }
  },
  HSQLDB("jdbc:hsqldb:mem:products;hsqldb.tx=mvcc") {
    /** A statement waits for the other transaction, however long. */
    @Override
    boolean givesUpWaiting() {
      return false;
    }
  },
  HSQLDB_OF_2005("jdbc:hsqldb:mem:products") {
    @Override
    Connection connect() throws SQLException {
      Properties user = new Properties();
      user.setProperty("user", "sa");
      user.setProperty("password", "");
      return old("hsqldb-1.8.0.10.jar", "org.hsqldb.jdbcDriver").connect(url, user);
    }

    /** All it knows is READ UNCOMMITTED. */
    @Override
    boolean isolatesTransactions() {
      return false;
    }

    /** Lengths are for documentation. */
    @Override
    boolean measuresLengths() {
      return false;
    }

    /** "failed batch", and nothing behind it. */
    @Override
    boolean explainsBatches() {
      return false;
    }
  },
  DERBY("jdbc:derby:memory:products;create=true") {
    @Override
    void impatient(Connection connection) throws SQLException {
      setWaitTimeout(connection, "1");
    }

    @Override
    void patient(Connection connection) throws SQLException {
      setWaitTimeout(connection, "20");
    }

    private void setWaitTimeout(Connection connection, String seconds) throws SQLException {
      run(
          connection,
          "call syscs_util.syscs_set_database_property('derby.locks.deadlockTimeout', '1')");
      run(
          connection,
          "call syscs_util.syscs_set_database_property('derby.locks.waitTimeout', '"
              + seconds
              + "')");
    }

    @Override
    boolean noticesStaleSnapshots() {
      return false;
    }

    @Override
    boolean defersConstraints() {
      return true;
    }
  },
  SQLITE("jdbc:sqlite:") {
    private @Nullable Path file;

    @Override
    Connection connect() throws SQLException {
      Properties pragmas = new Properties();
      pragmas.setProperty("foreign_keys", "true");
      pragmas.setProperty("journal_mode", "WAL");
      pragmas.setProperty("busy_timeout", "20");
      return DriverManager.getConnection(url + file(), pragmas);
    }

    private synchronized Path file() {
      if (file == null) {
        try {
          file = Files.createTempDirectory(Path.of("target"), "sqlite").resolve("products");
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
      return file;
    }

    /** Its only level. */
    @Override
    void isolate(Connection connection) {}

    @Override
    String uniqueConstraint() {
      return "customer.email";
    }

    @Override
    boolean tellsSidesOfReferences() {
      return false;
    }

    @Override
    boolean measuresLengths() {
      return false;
    }

    /** There is one writer at a time. */
    @Override
    boolean locksRows() {
      return false;
    }

    @Override
    boolean defersConstraints() {
      return true;
    }
  },
  POSTGRESQL("") {
    @Override
    Connection connect() throws SQLException {
      return PostgresServer.INSTANCE.getPostgresDatabase().getConnection();
    }

    @Override
    void start() {
      try {
        PostgresServer.INSTANCE.getPort();
      } catch (LinkageError e) {
        // Other platforms, and places where neither root nor a name space is to be had.
        abort("PostgreSQL does not start here: " + e);
      }
    }

    @Override
    void impatient(Connection connection) throws SQLException {
      run(connection, "set lock_timeout = '20ms'");
    }

    @Override
    ConflictKind deferredReference() {
      return ConflictKind.MISSING_REFERENCE;
    }

    @Override
    boolean ordersTransactions() {
      return true;
    }

    @Override
    boolean defersConstraints() {
      return true;
    }
  },
  MARIADB("jdbc:mariadb://localhost:%d/test?user=root") {
    @Override
    Connection connect() throws SQLException {
      return DriverManager.getConnection(String.format(url, MariaDbServer.port()));
    }

    @Override
    boolean isHere() {
      return MariaDbServer.isOnClassPath();
    }

    @Override
    void impatient(Connection connection) throws SQLException {
      run(connection, "set innodb_lock_wait_timeout = 1");
    }

    @Override
    void isolate(Connection connection) throws SQLException {
      super.isolate(connection);
      run(connection, "set innodb_snapshot_isolation = on");
    }
  },
  /** The other driver for the same server. */
  MARIADB_BY_MYSQL("jdbc:mysql://localhost:%d/test?user=root") {
    @Override
    Connection connect() throws SQLException {
      return DriverManager.getConnection(String.format(url, MariaDbServer.port()));
    }

    @Override
    boolean isHere() {
      return MARIADB.isHere();
    }

    @Override
    void impatient(Connection connection) throws SQLException {
      MARIADB.impatient(connection);
    }

    @Override
    void isolate(Connection connection) throws SQLException {
      MARIADB.isolate(connection);
    }
  };

  final String url;

  Product(String url) {
    this.url = url;
  }

  /** Those that this build is about: the binaries of some are large. */
  static List<Product> here() {
    return Arrays.stream(values()).filter(Product::isHere).toList();
  }

  /** Whether its binaries are on the class path. */
  boolean isHere() {
    return true;
  }

  /** Aborts the test when the database cannot run here. */
  void start() {}

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /** Waits for locks as short a time as possible. */
  void impatient(Connection connection) throws SQLException {}

  /** Waits for locks longer than it takes to notice a deadlock. */
  void patient(Connection connection) throws SQLException {}

  /** Makes transactions that notice when a row has changed since they read it. */
  void isolate(Connection connection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
  }

  /** What a deferred reference without its parent is. */
  ConflictKind deferredReference() {
    return ConflictKind.BROKEN_REFERENCE;
  }

  String uniqueConstraint() {
    return "uq_email";
  }

  boolean tellsSidesOfReferences() {
    return true;
  }

  boolean measuresLengths() {
    return true;
  }

  boolean isolatesTransactions() {
    return true;
  }

  boolean locksRows() {
    return isolatesTransactions();
  }

  boolean givesUpWaiting() {
    return isolatesTransactions();
  }

  boolean noticesStaleSnapshots() {
    return isolatesTransactions();
  }

  /** Notices when neither of two transactions can have come first. */
  boolean ordersTransactions() {
    return false;
  }

  boolean defersConstraints() {
    return false;
  }

  boolean explainsBatches() {
    return true;
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A driver that shares its package with the one on the class path. */
  @SuppressWarnings("resource") // lives as long as the driver, which is to the end
  private static Driver old(String jar, String driver) {
    return OldDrivers.BY_JAR.computeIfAbsent(
        jar,
        name -> {
          try {
            URL url = Path.of("target", "old-databases", name).toUri().toURL();
            ClassLoader alone =
                new URLClassLoader(new URL[] {url}, ClassLoader.getPlatformClassLoader());
            return (Driver) alone.loadClass(driver).getConstructor().newInstance();
          } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Loaded by the first who asks. */
  private static final class OldDrivers {

    static final Map<String, Driver> BY_JAR = new ConcurrentHashMap<>();
  }

  /** Started by the first who asks; ends with the JVM. */
  private static final class PostgresServer {

    static final EmbeddedPostgres INSTANCE;

    static {
      try {
        INSTANCE = EmbeddedPostgres.builder().setServerConfig("deadlock_timeout", "50ms").start();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
