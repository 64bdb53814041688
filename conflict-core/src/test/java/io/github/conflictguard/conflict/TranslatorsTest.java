package io.github.conflictguard.conflict;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The real translators of Spring, Hibernate, OpenJPA, EclipseLink and Ebean, fed with every code of
 * the drivers: what is a conflict is listed in {@code codes}, a file for each product, and is the
 * same with each of them and without.
 */
class TranslatorsTest {

  /** Kept, because loggers are only weakly reachable. */
  private static final Logger SPRING_LOG = Logger.getLogger("org.springframework");

  /** Its stack is shallow: exceptions are made by the hundred thousand. */
  private static final ExecutorService SHALLOW = Executors.newSingleThreadExecutor();

  private static Map<String, BiFunction<String, SQLException, Throwable>> translators;

  @BeforeAll
  static void load() throws Exception {
    SPRING_LOG.setLevel(Level.OFF);
    translators = Translators.all();
  }

  @AfterAll
  static void stop() {
    SHALLOW.shutdown();
    SPRING_LOG.setLevel(null);
  }

  @ParameterizedTest
  @EnumSource
  void sameCodesAreConflictsBehindEveryTranslator(DriverCodes product) throws Exception {
    Map<String, Map<String, String>> found =
        SHALLOW.submit(() -> conflictsByTranslator(product)).get();
    Map<String, String> expected = product.expected();

    assertFalse(expected.isEmpty());
    assertAll(
        found.entrySet().stream()
            .map(entry -> () -> assertEquals(expected, entry.getValue(), entry.getKey())));
  }

  private static Map<String, Map<String, String>> conflictsByTranslator(DriverCodes product)
      throws Exception {
    DriverCodes.Exceptions exceptions = new DriverCodes.Exceptions();
    product.make(exceptions);
    Map<String, Map<String, String>> found = new TreeMap<>();
    translators.forEach(
        (name, translator) -> {
          Map<String, String> conflicts = new TreeMap<>();
          exceptions.byKey.forEach(
              (key, drivers) -> {
                Throwable translated = translator.apply(product.name(), drivers);
                ConflictKind kind = Classified.kindOf(translated == null ? drivers : translated);
                if (kind != null) {
                  conflicts.put(key, kind.code());
                }
              });
          found.put(name, conflicts);
        });
    return found;
  }
}
