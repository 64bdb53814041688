package io.github.conflictguard.conflict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.conflictguard.classify.ConflictClassifiers;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drivers that have neither classes nor codes for what went wrong, but four shapes of text. */
class OldSqliteTest {

  @ParameterizedTest
  @CsvSource({"3.7.2, ", "3.8.11.2, customer.email"})
  void conflictsAreReadFromTheText(String version, @Nullable String column) throws Exception {
    URL jar = Path.of("target", "old-databases", "sqlite-jdbc-" + version + ".jar").toUri().toURL();
    try (URLClassLoader alone =
            new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        Connection connection = memory(alone)) {
      Product.run(connection, "pragma foreign_keys = on");
      Product.run(
          connection,
          "create table customer (id integer primary key, email text unique, first text,"
              + " last text, age int not null check (age > 0), unique (first, last))");
      Product.run(connection, "create table orders (customer int references customer (id))");
      Product.run(connection, "insert into customer values (1, 'a@x', 'a', 'x', 1)");
      Product.run(connection, "insert into orders values (1)");

      assertKind(
          ConflictKind.DUPLICATE_KEY,
          connection,
          "insert into customer values (1, 'b@x', 'b', 'x', 1)");
      assertKind(
          ConflictKind.DUPLICATE_KEY,
          connection,
          "insert into customer values (2, 'b@x', 'a', 'x', 1)");
      assertKind(ConflictKind.BROKEN_REFERENCE, connection, "insert into orders values (9)");
      assertKind(ConflictKind.BROKEN_REFERENCE, connection, "delete from customer");
      assertKind(null, connection, "insert into customer values (2, 'b@x', 'b', 'x', null)");
      assertKind(null, connection, "insert into customer values (2, 'b@x', 'b', 'x', 0)");
      SQLException email =
          assertThrows(
              SQLException.class,
              () -> Product.run(connection, "insert into customer values (2, 'a@x', 'b', 'x', 1)"));
      assertEquals(
          Conflict.of(ConflictKind.DUPLICATE_KEY, column),
          ConflictClassifiers.standard().conflictIn(email));
      try (PreparedStatement batch =
          connection.prepareStatement("insert into customer values (?, 'c@x', 'c', 'x', 1)")) {
        batch.setInt(1, 1);
        batch.addBatch();
        assertEquals(
            ConflictKind.DUPLICATE_KEY,
            Classified.kindOf(assertThrows(SQLException.class, batch::executeBatch)));
      }
    }
  }

  private static Connection memory(ClassLoader loader) throws Exception {
    Driver driver = (Driver) loader.loadClass("org.sqlite.JDBC").getConstructor().newInstance();
    return driver.connect("jdbc:sqlite::memory:", new Properties());
  }

  private static void assertKind(@Nullable ConflictKind kind, Connection connection, String sql) {
    assertEquals(
        kind,
        Classified.kindOf(assertThrows(SQLException.class, () -> Product.run(connection, sql))));
  }
}
