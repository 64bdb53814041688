package io.github.conflictguard.servlet.match;

import static io.github.conflictguard.servlet.growth.Growth.assertLinear;

import io.github.conflictguard.servlet.rule.AnswerPattern;
import io.github.conflictguard.servlet.rule.RedirectTarget;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses are compared with patterns in time proportional to their length. */
class RuleGrowthTest {

  @ParameterizedTest
  @CsvSource({
    "/{a}-{b}-{c},         -",
    "/{a}-{b}-{c}.json,    -",
    "/{a}--{b}--{c},       -",
    "/x{a}-{b}-{c}-{d}y/*, -",
    "/{a}/{b}/{c},         /",
    "/{a:number},          1",
    "/{a}-{a},             x-"
  })
  void pathOfARequest(String template, String part) {
    PathTemplate path = PathTemplate.parse(template);
    assertLinear(
        "path, " + template + " and " + part,
        100_000,
        size -> "/" + part.repeat(size) + "!",
        text -> path.matches(text, new PathVariables()) ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"302 *a*a*a*b, a", "302 /*x*y*, x", "302 *ab*ab*c, ab", "302 *, a"})
  void targetOfARedirect(String pattern, String part) {
    AnswerPattern answer = AnswerPattern.parse(pattern);
    assertLinear(
        "answer, " + pattern + " and " + part,
        100_000,
        size -> "/" + part.repeat(size),
        text -> answer.matches(302, text) ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {";", ":", "/", "//", "?", "#", ":1", "a:", ";/", "../", "a/../", " "})
  void locationOfARedirect(String part) {
    HttpServletRequest request = request();
    assertLinear(
        "location, " + part,
        // The JDK normalizes paths with dots in quadratic time; containers limit headers.
        part.contains("..") ? 500 : 50_000,
        size -> "//host" + part.repeat(size),
        text -> RedirectTarget.of(request, text).length());
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "/", "%41", "%", "+"})
  void addressOnAPage(String part) {
    HttpServletRequest request = request();
    assertLinear(
        "address, " + part,
        50_000,
        size -> "/app/" + part.repeat(size),
        text -> String.valueOf(RequestPath.inside(request, text)).length());
  }

  @Test
  void valueInAKey() {
    Template key = Template.parse("a/{id}/{id}");
    PathVariables captured = new PathVariables();
    assertLinear(
        "key",
        50_000,
        "%/"::repeat,
        text -> {
          captured.put("id", text);
          return key.expand(captured, new RequestView(request())).length();
        });
  }

  private static HttpServletRequest request() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            RuleGrowthTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getServerName" -> "host";
                  case "getRequestURI" -> "/app/x";
                  case "getContextPath" -> "/app";
                  case "getServletPath" -> "/x";
                  case "getMethod" -> "GET";
                  default -> null;
                });
  }
}
