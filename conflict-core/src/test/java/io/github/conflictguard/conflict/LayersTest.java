package io.github.conflictguard.conflict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.conflictguard.classify.ConflictClassifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** The driver's word reaches the classifier through each layer that wraps it. */
@ParameterizedClass
@MethodSource("layersOnProducts")
class LayersTest {

  private final Layer layer;
  private final Product product;
  private Connection connection;
  private Layer.Session session;

  LayersTest(Layer layer, Product product) {
    this.layer = layer;
    this.product = product;
  }

  static Stream<Arguments> layersOnProducts() {
    return Stream.of(Layer.values())
        .flatMap(
            layer ->
                Stream.of(Product.H2, Product.POSTGRESQL)
                    .map(product -> Arguments.of(layer, product)));
  }

  @BeforeEach
  void createTables() throws SQLException {
    product.start();
    connection = product.connect();
    for (String table : List.of("wrapped_order", "wrapped_customer")) {
      Product.run(connection, "drop table if exists " + table);
    }
    Product.run(
        connection,
        "create table wrapped_customer (id int not null primary key,"
            + " email varchar(9) not null, constraint uq_wrapped unique (email))");
    Product.run(
        connection,
        "create table wrapped_order (id int not null primary key, customer int, constraint"
            + " fk_wrapped foreign key (customer) references wrapped_customer (id))");
    Product.run(connection, "insert into wrapped_customer values (1, 'a@x')");
    Product.run(connection, "insert into wrapped_order values (1, 1)");
    session =
        layer.on(
            new AbstractDataSource() {
              @Override
              public Connection getConnection() throws SQLException {
                Connection opened = product.connect();
                product.impatient(opened);
                return opened;
              }

              @Override
              public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
              }
            });
  }

  @AfterEach
  void close() throws SQLException {
    if (session != null) {
      session.close();
    }
    if (connection != null) {
      connection.close();
    }
  }

  @Test
  void conflictsKeepTheirKindAndConstraintAndTheRestIsNone() throws SQLException {
    assertConflict(
        ConflictKind.DUPLICATE_KEY, "uq_wrapped", "insert into wrapped_customer values (2, 'a@x')");
    assertConflict(
        ConflictKind.MISSING_REFERENCE, "fk_wrapped", "insert into wrapped_order values (2, 99)");
    assertConflict(
        ConflictKind.STILL_REFERENCED, "fk_wrapped", "delete from wrapped_customer where id = 1");
    assertNone("insert into wrapped_customer values (3, null)");
    assertNone("insert into wrapped_customer values (3, 'much.too.long@x')");
    assertNone("insert into not_there values (1)");

    connection.setAutoCommit(false);
    Product.run(connection, "update wrapped_customer set email = 'b@x' where id = 1");
    assertConflict(
        ConflictKind.LOCKED, null, "update wrapped_customer set email = 'c@x' where id = 1");
    connection.rollback();
  }

  private void assertConflict(ConflictKind kind, @Nullable String constraint, String sql) {
    Throwable thrown = thrownBy(sql);
    Conflict conflict = ConflictClassifiers.standard().conflictIn(thrown);
    assertNotNull(conflict, thrown::toString);
    String name = conflict.constraint();
    assertEquals(
        Conflict.of(kind, constraint),
        Conflict.of(conflict.kind(), name == null ? null : name.toLowerCase(Locale.ROOT)));
  }

  private void assertNone(String sql) {
    assertNull(Classified.kindOf(thrownBy(sql)));
  }

  /** A layer that did not wrap would prove nothing here. */
  private Throwable thrownBy(String sql) {
    RuntimeException thrown = assertThrows(RuntimeException.class, () -> session.execute(sql));
    assertFalse(thrown.getClass().getName().startsWith("java."), thrown::toString);
    return assertInstanceOf(Throwable.class, thrown);
  }
}
