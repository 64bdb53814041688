package io.github.conflictguard.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.guard.GuardPolicy;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.naming.NameNotFoundException;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Ownership;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FixedValue;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whether a transaction that was begun further out is seen. */
class TransactionsTest {

  private static final String SPRING =
      "org.springframework.transaction.support.TransactionSynchronizationManager";
  private static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";
  private static final String USER = "java:comp/UserTransaction";

  private final List<String> asked = new ArrayList<>();

  @Test
  void aTransactionOfSpringIsSeenWhileItLasts() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:");
    TransactionTemplate transaction =
        new TransactionTemplate(new DataSourceTransactionManager(database));
    assertFalse(Transactions.isActive());
    assertEquals(true, transaction.execute(status -> Transactions.isActive()));
    assertFalse(Transactions.isActive());
  }

  @Test
  void insideATransactionOfSpringNothingIsRepeated() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:");
    TransactionTemplate transaction =
        new TransactionTemplate(new DataSourceTransactionManager(database));
    GuardPolicy policy = GuardPolicy.builder().retry(3).build();
    int[] runs = {0};
    ConflictException conflict =
        assertThrows(
            ConflictException.class,
            () ->
                transaction.execute(
                    status ->
                        ConflictGuard.call(
                            policy,
                            () -> {
                              runs[0]++;
                              throw new org.springframework.dao.PessimisticLockingFailureException(
                                  "m");
                            })));
    assertEquals(1, runs[0]);
    assertTrue(
        conflict.getMessage().endsWith("; not repeated: a transaction is active"),
        conflict.getMessage());
  }

  @Test
  void theSpringOfTheApplicationIsAskedWhoseThreadItIs() {
    ClassLoader application = withSpring(true);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(application);
    try {
      assertTrue(Transactions.isActive());
    } finally {
      thread.setContextClassLoader(before);
    }
    assertFalse(Transactions.isActive());
    assertFalse(new SpringTransactions().isActive(withSpring(false)));
  }

  @Test
  void whereNothingIsKnownThereIsNoTransaction() {
    ClassLoader nothing = new ClassLoader(null) {};
    assertFalse(new SpringTransactions().isActive(nothing));
    assertFalse(new SpringTransactions().isActive(null));
    assertFalse(new JtaTransactions(name -> fail()).isActive(nothing));
    assertFalse(new JtaTransactions(name -> fail()).isActive(null));
  }

  @Test
  void aLoaderIsAskedOnceWhetherItHasTheClass() {
    List<String> loads = new ArrayList<>();
    ClassLoader counting =
        new ClassLoader(null) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            loads.add(name);
            throw new ClassNotFoundException(name);
          }
        };
    SpringTransactions spring = new SpringTransactions();
    for (int i = 0; i < 3; i++) {
      assertFalse(spring.isActive(counting));
    }
    assertEquals(List.of(SPRING), loads);
  }

  @Test
  void aLoaderThatThrowsAnythingIsNoReasonToFail() {
    ClassLoader stopped =
        new ClassLoader(null) {
          @Override
          protected Class<?> findClass(String name) {
            throw new IllegalStateException("stopped");
          }
        };
    assertFalse(new SpringTransactions().isActive(stopped));
  }

  @Test
  void anApplicationThatIsGoneIsNotKept() {
    SpringTransactions spring = new SpringTransactions();
    ClassLoader application = withSpring(true);
    assertTrue(spring.isActive(application));
    WeakReference<ClassLoader> gone = new WeakReference<>(application);
    application = null;
    for (int i = 0; i < 100 && gone.get() != null; i++) {
      System.gc();
    }
    assertNull(gone.get());
    assertFalse(spring.isActive(null));
  }

  /** Columns: namespace, what the registry says, whether that is a transaction. */
  @ParameterizedTest
  @CsvSource({
    "javax, 0, true", "javax, 1, true", "javax, 6, false",
    "jakarta, 0, true", "jakarta, 1, true", "jakarta, 6, false"
  })
  void theRegistryOfTheContainerIsAskedFirst(String namespace, int status, boolean active) {
    ClassLoader application = withJta(namespace);
    Object registry =
        answering(application, namespace, "TransactionSynchronizationRegistry", status);
    JtaTransactions jta = jta(Map.of(REGISTRY, registry));
    assertEquals(active, jta.isActive(application));
    assertEquals(List.of(REGISTRY), asked);
  }

  @ParameterizedTest
  @CsvSource({"javax, 0, true", "jakarta, 6, false"})
  void withoutRegistryTheTransactionOfTheUserIsAsked(String namespace, int status, boolean active) {
    ClassLoader application = withJta(namespace);
    Object user = answering(application, namespace, "UserTransaction", status);
    assertEquals(active, jta(Map.of(USER, user)).isActive(application));
    assertEquals(List.of(REGISTRY, USER), asked);
  }

  @Test
  void withoutNamesThereIsNoTransactionAndTheNextRequestAsksAgain() {
    ClassLoader application = withJta("jakarta");
    JtaTransactions jta = jta(Map.of());
    assertFalse(jta.isActive(application));
    assertFalse(jta.isActive(application));
    assertEquals(List.of(REGISTRY, USER, REGISTRY, USER), asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"javax", "jakarta"})
  void aRegistryThatFailsIsNoReasonToFail(String namespace) {
    ClassLoader application = withJta(namespace);
    Object registry = answering(application, namespace, "TransactionSynchronizationRegistry", null);
    assertFalse(jta(Map.of(REGISTRY, registry, USER, "no transaction")).isActive(application));
  }

  /** Outside of a container there is no naming service, which throws in its own way. */
  @Test
  void aMissingNamingServiceIsNoReasonToFail() {
    assertFalse(new JtaTransactions(JtaTransactions::inNaming).isActive(withJta("jakarta")));
  }

  @Test
  void theNamesAreLookedUpInTheNamingServiceOfTheContainer() {
    String packages = "java.naming.factory.url.pkgs";
    System.setProperty(packages, "io.github.conflictguard.guard.naming");
    try {
      ClassLoader application = withJta("jakarta");
      assertTrue(new JtaTransactions(JtaTransactions::inNaming).isActive(application));
    } finally {
      System.clearProperty(packages);
    }
  }

  private JtaTransactions jta(Map<String, Object> names) {
    return new JtaTransactions(
        name -> {
          asked.add(name);
          if (!names.containsKey(name)) {
            throw new NameNotFoundException(name);
          }
          return names.get(name);
        });
  }

  private static Object fail() {
    throw new AssertionError("No look-up is made where the interfaces are not there");
  }

  /** An application with a Spring of its own, in which there is always, or never, a transaction. */
  private static ClassLoader withSpring(boolean active) {
    return new ByteBuddy()
        .subclass(Object.class)
        .name(SPRING)
        .defineMethod(
            "isActualTransactionActive", boolean.class, Visibility.PUBLIC, Ownership.STATIC)
        .intercept(FixedValue.value(active))
        .make()
        .load(new ClassLoader(null) {}, ClassLoadingStrategy.Default.WRAPPER)
        .getLoaded()
        .getClassLoader();
  }

  /** An application that sees the interfaces of JTA in one of their two packages. */
  private static ClassLoader withJta(String namespace) {
    ClassLoader registry =
        withInterface(
            new ClassLoader(null) {},
            namespace + ".transaction.TransactionSynchronizationRegistry",
            "getTransactionStatus");
    return withInterface(registry, namespace + ".transaction.UserTransaction", "getStatus");
  }

  private static ClassLoader withInterface(ClassLoader parent, String name, String method) {
    return new ByteBuddy()
        .makeInterface()
        .name(name)
        .defineMethod(method, int.class, Visibility.PUBLIC)
        .withoutCode()
        .make()
        .load(parent, ClassLoadingStrategy.Default.WRAPPER)
        .getLoaded()
        .getClassLoader();
  }

  /** Null as the status means that asking fails. */
  private static Object answering(
      ClassLoader application, String namespace, String type, Integer status) {
    try {
      Class<?> asked = application.loadClass(namespace + ".transaction." + type);
      return Proxy.newProxyInstance(
          application,
          new Class<?>[] {asked},
          (proxy, method, arguments) -> {
            if (status == null) {
              throw new IllegalStateException("no transaction manager");
            }
            return status;
          });
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
