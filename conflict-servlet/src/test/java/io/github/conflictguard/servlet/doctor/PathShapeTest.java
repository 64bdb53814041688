package io.github.conflictguard.servlet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathShapeTest {

  @ParameterizedTest
  @CsvSource({
    "/reports/7, /reports/*",
    "/reports/7/lines, /reports/*/lines",
    "/reports/0b5a1f7c-2f0e-4b5e-9f0e-1f2e3d4c5b6a, /reports/*",
    "/reports/INV-20260001, /reports/*",
    "/reports/summary, /reports/summary",
    "/a/b/c/d/e/f/g/h/i/j, /a/b/c/d/e/f/g/h/*",
    "/, /",
    "'/a\nb', /a?b",
  })
  void whatNamesOneOfManyIsLeftOut(String path, String shape) {
    assertEquals(shape, PathShape.of(path));
  }
}
