package io.github.conflictguard.conflict;

import static io.github.conflictguard.conflict.Classified.kindOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityExistsException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.Persistence;
import jakarta.persistence.RollbackException;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hibernate.PropertyValueException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.ConstraintViolationException.ConstraintKind;
import org.hibernate.exception.LockAcquisitionException;
import org.hibernate.exception.LockTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exceptions of a real Hibernate on a real H2, through JPA. */
class HibernateTest {

  /** Kept, because loggers are only weakly reachable. */
  private static final Logger LOGGER = Logger.getLogger("org.hibernate");

  private static EntityManagerFactory factory;

  @BeforeAll
  static void start() {
    LOGGER.setLevel(Level.OFF);
    factory = Persistence.createEntityManagerFactory("office");
  }

  @AfterAll
  static void stop() {
    factory.close();
    LOGGER.setLevel(null);
  }

  @BeforeEach
  void oneCustomerWithAnOrder() {
    inTransaction(
        em -> {
          em.createQuery("delete from HibernateTest$Order").executeUpdate();
          em.createQuery("delete from HibernateTest$Customer").executeUpdate();
          Customer customer = new Customer(1, "a@x");
          em.persist(customer);
          em.persist(new Order(1, customer));
        });
  }

  @Test
  void sameKeyAtFlushIsDuplicate() {
    RuntimeException thrown =
        failing(
            em -> {
              em.persist(new Customer(1, "b@x"));
              em.flush();
            });

    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(thrown));
  }

  @Test
  void sameUniqueColumnAtCommitIsDuplicate() {
    RuntimeException thrown = failing(em -> em.persist(new Customer(2, "a@x")));

    assertInstanceOf(RollbackException.class, thrown);
    assertEquals(ConflictKind.DUPLICATE_KEY, kindOf(thrown));
  }

  @Test
  void oldCopyMergedIsStale() {
    Customer old = new Customer(1, "old@x");
    inTransaction(em -> em.find(Customer.class, 1).email = "new@x");

    RuntimeException thrown = failing(em -> em.merge(old));

    assertEquals(ConflictKind.STALE_VERSION, kindOf(thrown));
  }

  @Test
  void rowChangedBeforeTheCommitIsStale() {
    RuntimeException thrown =
        failing(
            em -> {
              em.find(Customer.class, 1).email = "mine@x";
              inTransaction(other -> other.find(Customer.class, 1).email = "theirs@x");
            });

    assertInstanceOf(RollbackException.class, thrown);
    assertInstanceOf(OptimisticLockException.class, thrown.getCause());
    assertEquals(ConflictKind.STALE_VERSION, kindOf(thrown));
  }

  @Test
  void removedCustomerWithOrdersIsStillReferenced() {
    RuntimeException thrown = failing(em -> em.remove(em.find(Customer.class, 1)));

    assertEquals(ConflictKind.STILL_REFERENCED, kindOf(thrown));
  }

  @Test
  void orderOfUnknownCustomerMissesReference() {
    RuntimeException thrown =
        failing(em -> em.persist(new Order(2, em.getReference(Customer.class, 99))));

    assertEquals(ConflictKind.MISSING_REFERENCE, kindOf(thrown));
  }

  @Test
  void rowThatSomebodyHasLockedIsLocked() {
    inTransaction(
        em -> {
          em.find(Customer.class, 1, LockModeType.PESSIMISTIC_WRITE);
          RuntimeException thrown =
              failing(
                  other ->
                      other.find(
                          Customer.class,
                          1,
                          LockModeType.PESSIMISTIC_WRITE,
                          Map.of("jakarta.persistence.lock.timeout", 0)));
          assertEquals(ConflictKind.LOCKED, kindOf(thrown));
        });
  }

  @Test
  void nullInMandatoryPropertyIsNoConflict() {
    RuntimeException thrown = failing(em -> em.persist(new Customer(2, null)));

    assertInstanceOf(PropertyValueException.class, rootOf(thrown));
    assertNull(kindOf(thrown));
  }

  @Test
  void nullThatOnlyTheDatabaseRefusesIsNoConflict() {
    RuntimeException thrown =
        failing(
            em -> em.createQuery("update HibernateTest$Customer set email = null").executeUpdate());

    assertInstanceOf(ConstraintViolationException.class, thrown);
    assertNull(kindOf(thrown));
  }

  @Test
  void secondInstanceInOneSessionIsNoConflict() {
    RuntimeException thrown =
        failing(
            em -> {
              em.find(Customer.class, 1);
              em.persist(new Customer(1, "b@x"));
            });

    assertInstanceOf(EntityExistsException.class, thrown);
    assertNull(kindOf(thrown));
  }

  @Test
  void withoutDriverTheKindOfConstraintDecides() {
    SQLException silent = new SQLException("unknown driver", "23000", 4711);

    assertEquals(
        ConflictKind.DUPLICATE_KEY,
        kindOf(new ConstraintViolationException("m", silent, ConstraintKind.UNIQUE, "email")));
    assertNull(
        kindOf(
            new EntityExistsException(
                new ConstraintViolationException("m", silent, ConstraintKind.OTHER, "email"))));
  }

  @Test
  void withoutDriverFailedLocksAreToldApart() {
    SQLException silent = new SQLException("unknown driver");

    assertEquals(ConflictKind.LOCKED, kindOf(new LockTimeoutException("m", silent)));
    assertEquals(ConflictKind.TRANSIENT, kindOf(new LockAcquisitionException("m", silent)));
  }

  private static void inTransaction(Consumer<EntityManager> work) {
    try (EntityManager em = factory.createEntityManager()) {
      em.getTransaction().begin();
      try {
        work.accept(em);
        em.getTransaction().commit();
      } finally {
        if (em.getTransaction().isActive()) {
          em.getTransaction().rollback();
        }
      }
    }
  }

  private static RuntimeException failing(Consumer<EntityManager> work) {
    return assertThrows(RuntimeException.class, () -> inTransaction(work));
  }

  private static Throwable rootOf(Throwable thrown) {
    return thrown.getCause() == null ? thrown : rootOf(thrown.getCause());
  }

  @Entity
  static class Customer {
    @Id int id;

    @Version int version;

    @Column(unique = true, nullable = false)
    String email;

    Customer() {}

    Customer(int id, String email) {
      this.id = id;
      this.email = email;
    }
  }

  @Entity
  @Table(name = "orders")
  static class Order {
    @Id int id;

    @ManyToOne Customer customer;

    Order() {}

    Order(int id, Customer customer) {
      this.id = id;
      this.customer = customer;
    }
  }
}
