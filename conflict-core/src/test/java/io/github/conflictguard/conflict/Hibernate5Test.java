package io.github.conflictguard.conflict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
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
    loader = new Hibernate5();
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

  /** Child first, with the entity and the work, so that they see this Hibernate. */
  private static final class Hibernate5 extends URLClassLoader {

    Hibernate5() throws IOException {
      super(jars(), Hibernate5Test.class.getClassLoader());
    }

    private static URL[] jars() throws IOException {
      List<URL> urls = new ArrayList<>();
      try (Stream<Path> jars = Files.list(Path.of("target", "hibernate-5"))) {
        for (Path jar : jars.toList()) {
          urls.add(jar.toUri().toURL());
        }
      }
      return urls.toArray(new URL[0]);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? firstHere(name) : loaded;
      }
    }

    private Class<?> firstHere(String name) throws ClassNotFoundException {
      if (name.startsWith(Hibernate5Work.class.getName())
          || name.equals(OldVersioned.class.getName())) {
        try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
          byte[] code = in.readAllBytes();
          return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
      try {
        return findClass(name);
      } catch (ClassNotFoundException notHere) {
        return super.loadClass(name, false);
      }
    }

    /** Services too: those of the newer Hibernate are not for this one. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.startsWith("META-INF/services/org.hibernate")
          ? findResources(name)
          : super.getResources(name);
    }
  }
}
