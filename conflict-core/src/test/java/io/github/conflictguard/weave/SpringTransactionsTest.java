package io.github.conflictguard.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.loadtime.Way;
import io.github.conflictguard.sample.Transfers;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Guarded methods in transactions of Spring 5 and 6, behind proxies, woven in every way. */
class SpringTransactionsTest {

  /** By the scenario. */
  private static final Map<String, String> WOVEN =
      Map.ofEntries(
          Map.entry("unchecked", "rows=0 runs=1 left=ConflictException"),
          Map.entry("checked", "rows=0 runs=1 left=ConflictException"),
          Map.entry("noRollbackFor", "rows=0 runs=1 left=ConflictException"),
          Map.entry("checked untranslated", "rows=1 runs=1 left=SQLException"),
          Map.entry("noRollbackFor untranslated", "rows=1 runs=1 left=DuplicateKeyException"),
          Map.entry("outer translates", "rows=1 runs=1 left=ConflictException"),
          Map.entry("retried inside", "rows=0 runs=1 left=ConflictException"),
          Map.entry("retried inside by interface", "rows=0 runs=1 left=ConflictException"),
          Map.entry("retried where it is not supported", "rows=2 runs=2 left=nothing"),
          Map.entry("retried around", "rows=1 runs=2 left=nothing"),
          Map.entry("retried around, found by the commit", "rows=1 runs=2 left=nothing"),
          Map.entry("template inside", "rows=1 runs=2 left=nothing"),
          Map.entry("template around", "rows=0 runs=1 left=ConflictException"),
          Map.entry("template rollback-only", "rows=0 runs=1 left=ConflictException"),
          Map.entry(
              "caught, then repeated in the doomed transaction",
              "rows=0 runs=1 left=ConflictException"));

  /** What the same scenarios do where no guard is in place. */
  private static final Map<String, String> UNWOVEN =
      Map.of(
          "unchecked", "rows=0 runs=1 left=DuplicateKeyException",
          "checked", "rows=1 runs=1 left=SQLException",
          "noRollbackFor", "rows=1 runs=1 left=DuplicateKeyException",
          "checked untranslated", "rows=1 runs=1 left=SQLException",
          "noRollbackFor untranslated", "rows=1 runs=1 left=DuplicateKeyException");

  @TempDir private Path folder;

  static Stream<Arguments> waysAndSprings() {
    return Stream.of(Way.values()).flatMap(way -> Stream.of(5, 6).map(s -> Arguments.of(way, s)));
  }

  @ParameterizedTest
  @MethodSource("waysAndSprings")
  void everyWayCommitsRollsBackAndRepeatsAlike(Way way, int spring) throws Exception {
    try (URLClassLoader libraries = springOf(spring);
        Way.Loaded loaded = way.load(libraries, classes(), folder.resolve("woven"))) {
      assertOutcomes(WOVEN, loaded.loader(), spring);
    }
  }

  @ParameterizedTest
  @CsvSource({"5", "6"})
  void withoutTranslationTransactionsEndAsWithoutAGuard(int spring) throws Exception {
    try (URLClassLoader libraries = springOf(spring)) {
      assertOutcomes(UNWOVEN, new Way.Application(libraries, classes()), spring);
    }
  }

  @Test
  void aCommitThatTheGuardTurnsIntoARollbackIsLoggedOnce() throws Exception {
    List<String> logged = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            logged.add(java.text.MessageFormat.format(record.getMessage(), record.getParameters()));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.github.conflictguard.transaction.RollbackNotice");
    logger.addHandler(handler);
    // A copy of the guard of its own, which has logged nothing yet.
    try (URLClassLoader libraries = springOf(6);
        Way.Loaded loaded = Way.BUILD.load(libraries, classes(), folder.resolve("woven"));
        AutoCloseable transfers = newTransfers(loaded.loader())) {
      apply(transfers, "checked untranslated");
      apply(transfers, "unchecked");
      assertEquals(List.of(), logged);
      apply(transfers, "checked");
      apply(transfers, "checked");
    } finally {
      logger.removeHandler(handler);
    }
    assertEquals(1, logged.size(), logged.toString());
    assertTrue(
        logged
            .get(0)
            .startsWith(
                Transfers.Work.class.getName()
                    + "#checked() is guarded inside a transaction: java.sql.SQLException"),
        logged.toString());
  }

  private static void assertOutcomes(
      Map<String, String> expected, ClassLoader application, int spring) throws Exception {
    try (AutoCloseable transfers = newTransfers(application)) {
      for (Map.Entry<String, String> each : expected.entrySet()) {
        assertEquals(
            each.getValue(), apply(transfers, each.getKey()), each.getKey() + ", Spring " + spring);
      }
    }
  }

  private static AutoCloseable newTransfers(ClassLoader application) throws Exception {
    return (AutoCloseable)
        application.loadClass(Transfers.class.getName()).getConstructor().newInstance();
  }

  @SuppressWarnings("unchecked")
  private static String apply(Object transfers, String scenario) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(transfers.getClass().getClassLoader());
    try {
      return ((Function<String, String>) transfers).apply(scenario);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Path classes() throws IOException {
    Path classes = folder.resolve("classes");
    List<Class<?>> all = new ArrayList<>(List.of(Transfers.class, Transfers.Work.class));
    all.addAll(List.of(Transfers.Outer.class, Transfers.Port.class));
    for (Class<?> type : all) {
      write(classes, type.getName());
    }
    write(classes, Transfers.Work.class.getName() + "$1");
    return classes;
  }

  private static void write(Path classes, String name) throws IOException {
    Path file = classes.resolve(name.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(
        file,
        ClassFileLocator.ForClassLoader.of(Transfers.class.getClassLoader())
            .locate(name)
            .resolve());
  }

  /** Spring 6 is on the class path of the tests; 5 comes in front of it. */
  private static URLClassLoader springOf(int release) throws IOException {
    List<URL> jars = new ArrayList<>();
    if (release == 5) {
      try (Stream<Path> files = Files.list(Path.of("target", "spring-5"))) {
        for (Path jar : files.toList()) {
          jars.add(jar.toUri().toURL());
        }
      }
    }
    return new URLClassLoader(jars.toArray(new URL[0]), Way.class.getClassLoader()) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
          Class<?> loaded = findLoadedClass(name);
          if (loaded == null && name.startsWith("org.springframework.")) {
            try {
              loaded = findClass(name);
            } catch (ClassNotFoundException e) {
              // Of the class path, as all that is not of Spring.
            }
          }
          return loaded == null ? super.loadClass(name, resolve) : loaded;
        }
      }
    };
  }
}
