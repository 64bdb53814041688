package io.github.conflictguard.conflict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.persistence.RollbackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What each provider of JPA makes of entities in conflict. {@link HibernateTest} goes deeper. */
@ParameterizedClass
@ValueSource(strings = {"hibernate", "eclipselink", "openjpa"})
class JpaProvidersTest {

  /** Kept, because loggers are only weakly reachable. */
  private static final Logger HIBERNATE_LOG = Logger.getLogger("org.hibernate");

  private final String unit;
  private Connection connection;
  private EntityManagerFactory factory;

  JpaProvidersTest(String unit) {
    this.unit = unit;
  }

  @BeforeEach
  void start() throws SQLException {
    HIBERNATE_LOG.setLevel(Level.OFF);
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:" + unit);
    connection = database.getConnection();
    Product.run(
        connection,
        "create table Versioned (id int not null primary key, version int, name varchar(9))");
    DataSource source = database;
    factory =
        Persistence.createEntityManagerFactory(
            unit,
            Map.of(
                "jakarta.persistence.nonJtaDataSource",
                source,
                "openjpa.ConnectionFactory",
                source));
    inTransaction(em -> em.persist(new Versioned(1)));
  }

  @AfterEach
  void stop() throws SQLException {
    factory.close();
    connection.close();
  }

  @Test
  void sameKeyAtCommitIsDuplicate() {
    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(em -> em.persist(new Versioned(1))));
  }

  @Test
  void rowChangedBeforeTheCommitIsStale() {
    assertEquals(
        ConflictKind.STALE_VERSION,
        kindOf(
            em -> {
              em.find(Versioned.class, 1).setName("mine");
              inTransaction(other -> other.find(Versioned.class, 1).setName("theirs"));
            }));
  }

  @Test
  void rowDeletedBeforeTheCommitIsStale() {
    assertEquals(
        ConflictKind.STALE_VERSION,
        kindOf(
            em -> {
              em.find(Versioned.class, 1).setName("mine");
              inTransaction(other -> other.remove(other.find(Versioned.class, 1)));
            }));
  }

  private ConflictKind kindOf(Consumer<EntityManager> work) {
    RuntimeException thrown = assertThrows(RuntimeException.class, () -> inTransaction(work));
    assertInstanceOf(RollbackException.class, thrown);
    return Classified.kindOf(thrown);
  }

  private void inTransaction(Consumer<EntityManager> work) {
    EntityManager em = factory.createEntityManager();
    try {
      em.getTransaction().begin();
      work.accept(em);
      em.getTransaction().commit();
    } finally {
      if (em.getTransaction().isActive()) {
        em.getTransaction().rollback();
      }
      em.close();
    }
  }
}
