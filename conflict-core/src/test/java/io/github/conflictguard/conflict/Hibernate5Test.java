package io.github.conflictguard.conflict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.URLClassLoader;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hibernate 5 with {@code javax.persistence}, beside the newer one of the class path. */
class Hibernate5Test {

  /** Kept, because loggers are only weakly reachable. */
  private static final Logger LOGGER = Logger.getLogger("org.hibernate");

  private static URLClassLoader loader;
  private static Function<String, Throwable> work;

  @BeforeAll
  static void start() throws Exception {
    LOGGER.setLevel(Level.OFF);
    loader = new ChildFirst(List.of("hibernate-5"), Hibernate5Work.class, OldVersioned.class);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Supplier<Object> sessionFactory = Hibernate5Test::sessionFactory;
      @SuppressWarnings("unchecked")
      Function<String, Throwable> made =
          (Function<String, Throwable>)
              loader
                  .loadClass(Hibernate5Work.class.getName())
                  .getConstructor(Supplier.class)
                  .newInstance(sessionFactory);
      work = made;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    loader.close();
    LOGGER.setLevel(null);
  }

  @ParameterizedTest
  @CsvSource({
    "same key, DUPLICATE_KEY",
    "same name, DUPLICATE_KEY",
    "parent removed, STILL_REFERENCED",
    "parent not there, MISSING_REFERENCE",
    "changed by another, STALE_VERSION",
    "null, ",
    "persisted twice, ",
  })
  void exceptionsOfTheOldNameSpaceAreRead(String what, ConflictKind kind) {
    Throwable thrown = work.apply(what);

    assertNotNull(thrown);
    assertEquals(kind, Classified.kindOf(thrown), thrown::toString);
  }

  /** {@code new Configuration().setProperty(..).addAnnotatedClass(..).buildSessionFactory()}. */
  private static Object sessionFactory() {
    try {
      Class<?> type = loader.loadClass("org.hibernate.cfg.Configuration");
      Object configuration = type.getConstructor().newInstance();
      for (String setting :
          List.of(
              "hibernate.connection.url=jdbc:h2:mem:hibernate5",
              "hibernate.hbm2ddl.auto=create",
              "hibernate.dialect=org.hibernate.dialect.H2Dialect")) {
        String[] parts = setting.split("=", 2);
        type.getMethod("setProperty", String.class, String.class)
            .invoke(configuration, parts[0], parts[1]);
      }
      type.getMethod("addAnnotatedClass", Class.class)
          .invoke(configuration, loader.loadClass(OldVersioned.class.getName()));
      return type.getMethod("buildSessionFactory").invoke(configuration);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
