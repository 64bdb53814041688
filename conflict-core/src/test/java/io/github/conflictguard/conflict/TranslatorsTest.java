package io.github.conflictguard.conflict;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
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
        SHALLOW.submit(() -> conflictsByTranslator(product, drivers -> drivers)).get();
    Map<String, String> expected = product.expected();

    assertFalse(expected.isEmpty());
    assertAll(
        found.entrySet().stream()
            .map(entry -> () -> assertEquals(expected, entry.getValue(), entry.getKey())));
  }

  /** Of other products not every code can be told without its driver. */
  @ParameterizedTest
  @EnumSource(names = {"ORACLE", "DERBY", "FIREBIRD", "SQLITE", "HSQLDB"})
  void copiesThatPoolsMakeAreJudgedAlikeBehindEveryTranslator(DriverCodes product)
      throws Exception {
    Map<String, Map<String, String>> found =
        SHALLOW.submit(() -> conflictsByTranslator(product, TranslatorsTest::copy)).get();
    Map<String, String> alone = found.get(Translators.NONE);

    assertFalse(alone.isEmpty());
    assertTrue(product.expected().entrySet().containsAll(alone.entrySet()), alone::toString);
    assertAll(
        found.entrySet().stream()
            .map(entry -> () -> assertEquals(alone, entry.getValue(), entry.getKey())));
  }

  private static SQLException copy(SQLException drivers) {
    SQLException copy =
        new SQLException(drivers.getMessage(), drivers.getSQLState(), drivers.getErrorCode());
    copy.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("com.example.pool.Pool", "m", "F", 1)});
    return copy;
  }

  private static Map<String, Map<String, String>> conflictsByTranslator(
      DriverCodes product, UnaryOperator<SQLException> onTheWay) throws Exception {
    DriverCodes.Exceptions exceptions = new DriverCodes.Exceptions();
    product.make(exceptions);
    Map<String, Map<String, String>> found = new TreeMap<>();
    translators.forEach(
        (name, translator) -> {
          Map<String, String> conflicts = new TreeMap<>();
          exceptions.byKey.forEach(
              (key, made) -> {
                SQLException drivers = onTheWay.apply(made);
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
