package io.github.conflictguard.servlet.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemLinksTest {

  @ParameterizedTest
  @CsvSource({
    "https://h/problems/, <https://h/problems/locked>; rel=\"describedby\"",
    "HTTP://h/problems/, <HTTP://h/problems/locked>; rel=\"describedby\"",
    "urn:x:, ",
    "javascript:, ",
    ", ",
  })
  void typeThatIsAPageIsLinked(String base, String expected) {
    ProblemDetail problem = ProblemDetail.of(ProblemType.LOCKED, "/x").typeBase(base).build();
    assertEquals(expected, ProblemLinks.describing(problem));
  }

  @ParameterizedTest
  @CsvSource({
    "/a, /a",
    "/a?b=c&d=%20, /a?b=c&d=%20",
    "'/a>; rel=\"x\", <b', '/a%3E;%20rel=%22x%22,%20%3Cb'",
    "/\u00e4, /%C3%A4",
  })
  void addressCannotLeaveItsBrackets(String address, String escaped) {
    assertEquals("<" + escaped + ">; rel=\"latest-version\"", ProblemLinks.latestVersion(address));
  }
}
