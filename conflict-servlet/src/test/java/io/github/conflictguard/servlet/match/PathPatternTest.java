package io.github.conflictguard.servlet.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

  @ParameterizedTest
  @CsvSource({
    "/*,       /,          true",
    "/*,       /a/b,       true",
    "/*,       '',         true",
    "/api/*,   /api,       true",
    "/api/*,   /api/,      true",
    "/api/*,   /api/a/b,   true",
    "/api/*,   /apix,      false",
    "/api/*,   /x/api/,    false",
    "*.do,     /a/b.do,    true",
    "*.do,     /a/b.dot,   false",
    "/a/b,     /a/b,       true",
    "/a/b,     /a/b/,      false",
    "/,        /,          true",
    "/,        /a,         false",
  })
  void matchesAsInWebXml(String pattern, String path, boolean matches) {
    assertEquals(matches, PathPattern.parse(pattern).matches(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "api/*", "/a*", "/a/*/b", "*", "*.", "*.a/b", "/**", "**", "*a"})
  void refusesWhatIsNoPattern(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> PathPattern.parse(pattern));
  }
}
