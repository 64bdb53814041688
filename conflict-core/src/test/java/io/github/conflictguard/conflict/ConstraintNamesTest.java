package io.github.conflictguard.conflict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.conflictguard.classify.ConflictClassifiers;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names and directions that take more than the first message, on real databases. */
class ConstraintNamesTest {

  @ParameterizedTest
  @EnumSource(names = {"H2", "H2_OF_2019"})
  void constraintsThatNobodyNamedStayApart(Product product) throws SQLException {
    try (Connection connection = tables(product, "a int unique, b int unique, c int, d int")) {
      Product.run(connection, "create unique index named_index_1 on named (c)");
      Product.run(connection, "create unique index named_index_2 on named (d)");
      Product.run(connection, "insert into named values (1, 1, 1, 1, 1, 1)");
      Conflict a = conflict(connection, "insert into named values (2, 2, 1, 2, 2, 2)");
      Conflict b = conflict(connection, "insert into named values (2, 2, 2, 1, 2, 2)");

      assertNotEquals(a, b);
      assertEquals(
          "uq_named",
          lowerCase(conflict(connection, "insert into named values (2, 1, 2, 2, 2, 2)")));
      assertEquals(
          "named_index_1",
          lowerCase(conflict(connection, "insert into named values (2, 2, 2, 2, 1, 2)")));
      assertEquals(
          "named_index_2",
          lowerCase(conflict(connection, "insert into named values (2, 2, 2, 2, 2, 1)")));
    }
  }

  @Test
  void uniqueIndexOfHsqldbIsNamed() throws SQLException {
    try (Connection connection = tables(Product.HSQLDB, "a int")) {
      Product.run(connection, "create unique index ix_named on named (a)");
      Product.run(connection, "insert into named values (1, 1, 1)");

      assertEquals(
          "ix_named", lowerCase(conflict(connection, "insert into named values (2, 2, 1)")));
    }
  }

  @Test
  void deferredKeysOfDerbyAreNamed() throws SQLException {
    try (Connection connection =
        tables(
            Product.DERBY,
            "a int, constraint fk_named foreign key (a) references named (id)"
                + " initially deferred")) {
      Product.run(
          connection,
          "create table deferred_named (a int not null, constraint uq_deferred unique (a)"
              + " initially deferred)");
      connection.setAutoCommit(false);
      Product.run(connection, "insert into named values (1, 1, 99)");
      SQLException key = assertThrows(SQLException.class, connection::commit);
      Product.run(connection, "insert into deferred_named values 1, 1");
      SQLException duplicate = assertThrows(SQLException.class, connection::commit);
      connection.setAutoCommit(true);
      Product.run(connection, "drop table deferred_named");

      assertEquals("fk_named", lowerCase(ConflictClassifiers.standard().conflictIn(key)));
      assertEquals("uq_deferred", lowerCase(ConflictClassifiers.standard().conflictIn(duplicate)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "HSQLDB", "DERBY", "POSTGRESQL"})
  void batchTellsNameAndSideOfItsFirstFailedRow(Product product) throws SQLException {
    try (Connection connection =
            tables(product, "a int, constraint fk_named foreign key (a) references named (id)");
        Statement batch = connection.createStatement()) {
      Product.run(connection, "insert into named values (1, 1, 1)");
      Product.run(connection, "insert into named values (2, 2, 1)");

      assertEquals(
          Conflict.of(ConflictKind.MISSING_REFERENCE, "fk_named"),
          ofBatch(batch, "insert into named values (3, 3, 99)"));
      assertEquals(
          Conflict.of(ConflictKind.STILL_REFERENCED, "fk_named"),
          ofBatch(batch, "delete from named where id = 1"));
      assertEquals(
          Conflict.of(ConflictKind.DUPLICATE_KEY, "uq_named"),
          ofBatch(batch, "insert into named values (3, 2, 1)"));
    }
  }

  private static Conflict ofBatch(Statement batch, String sql) throws SQLException {
    batch.clearBatch();
    batch.addBatch("update named set unique_one = 5 where id = 5");
    batch.addBatch(sql);
    BatchUpdateException thrown = assertThrows(BatchUpdateException.class, batch::executeBatch);
    Conflict conflict = ConflictClassifiers.standard().conflictIn(new RuntimeException(thrown));
    return Conflict.of(conflict.kind(), lowerCase(conflict));
  }

  private static Connection tables(Product product, String columns) throws SQLException {
    product.start();
    Connection connection = product.connect();
    try {
      Product.run(connection, "drop table named");
    } catch (SQLException notThere) {
      // the first time
    }
    Product.run(
        connection,
        "create table named (id int not null primary key, unique_one int not null,"
            + " constraint uq_named unique (unique_one), "
            + columns
            + ")");
    return connection;
  }

  private static Conflict conflict(Connection connection, String sql) {
    SQLException thrown = assertThrows(SQLException.class, () -> Product.run(connection, sql));
    return ConflictClassifiers.standard().conflictIn(thrown);
  }

  private static @Nullable String lowerCase(Conflict conflict) {
    String name = conflict.constraint();
    return name == null ? null : name.toLowerCase(Locale.ROOT);
  }
}
