package io.github.conflictguard.servlet.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.conflictguard.servlet.match.RequestView;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The index gives what a look at one rule after the other would give. */
class RuleIndexTest {

  private static final String[] PARTS = {
    "a", "b", "orders", "{x}", "{y}", "{n:number}", "v{x}", "{x}-{y}", "{x}.do", ""
  };
  private static final String[] METHODS = {"", "GET ", "GET|PUT ", "POST ", "DELETE|LINK "};
  private static final String[] CONDITIONS = {"", "", "", "?a", "?a=1", "?z={z}", "?a=1&form.f"};
  private static final String[] SENT_PARTS = {"a", "b", "orders", "7", "007", "v1", "1-2", "x.do"};
  private static final String[] SENT_METHODS = {"GET", "HEAD", "PUT", "POST", "LINK", "OPTIONS"};
  private static final String[] QUERIES = {null, "a", "a=1", "z=3&a=1", "z="};

  private final Random random = new Random(7);

  @Test
  void givesTheSameTargetAsOneRuleAfterTheOther() throws Exception {
    int fitted = 0;
    int ambiguous = 0;
    for (int list = 0; list < 100; list++) {
      Rules rules = read(1 + random.nextInt(12));
      for (int i = 0; i < 40; i++) {
        HttpServletRequest request = request();
        RuleMatch expected = linear(rules, request);
        RuleMatch actual = rules.targetOf(new RequestView(request));
        assertEquals(expected == null ? null : expected.rule(), actual.rule());
        if (expected != null) {
          fitted++;
          assertEquals(expected.key(), actual.key());
          assertEquals(expected.isWrite(), actual.isWrite());
          assertEquals(expected.captured(), actual.captured());
          ambiguous += fitting(rules, request) > 1 ? 1 : 0;
        }
      }
    }
    assertTrue(fitted > 300 && ambiguous > 100, fitted + " fitted, " + ambiguous + " two rules");
  }

  @Test
  void leavesOutRulesForOtherPathsAndMethods() throws Exception {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      list.append(i == 0 ? "" : ",").append(rule("r" + i, "/api/sort" + i + "/{id}"));
    }
    RuleIndex index = new RuleIndex(read(list.toString()).all());

    assertArrayEquals(new int[] {999}, index.candidates("GET", "/api/sort999/7"));
    assertArrayEquals(new int[] {}, index.candidates("PUT", "/api/sort999/7"));
    assertArrayEquals(new int[] {}, index.candidates("GET", "/api/sort999/7/8"));
    assertArrayEquals(new int[] {}, index.candidates("GET", ""));
  }

  @Test
  void keepsTheOrderOfRulesThatMayFitTheSameRequest() throws Exception {
    String[] paths = {"/a/{x}", "/b", "/*", "/a/b", "/{x}/b", "/a/*", "/a/b/*", "/a/b/c", "/a"};
    StringBuilder list = new StringBuilder();
    for (String path : paths) {
      list.append(list.length() == 0 ? "" : ",").append(rule("r" + list.length(), path));
    }
    RuleIndex index = new RuleIndex(read(list.toString()).all());

    assertArrayEquals(new int[] {0, 2, 3, 4, 5, 6}, index.candidates("GET", "/a/b"));
    assertArrayEquals(new int[] {2, 5, 8}, index.candidates("HEAD", "/a"));
    assertArrayEquals(new int[] {2}, index.candidates("GET", "/"));
    assertArrayEquals(new int[] {2}, index.candidates("GET", ""));
  }

  /** The oracle: what the index has to agree with. */
  private static RuleMatch linear(Rules rules, HttpServletRequest request) throws Exception {
    if (request.getMethod().equals("OPTIONS")) {
      return null;
    }
    // What GET writes is written by HEAD as well.
    for (Rule rule : request.getMethod().equals("HEAD") ? rules.all() : List.<Rule>of()) {
      RuleMatch target = rule.match(new RequestView(request), "GET");
      if (target != null && target.isWrite()) {
        return target;
      } else if (target != null) {
        break;
      }
    }
    for (Rule rule : rules.all()) {
      RuleMatch target = rule.match(new RequestView(request), request.getMethod());
      if (target != null) {
        return target;
      }
    }
    return null;
  }

  private static long fitting(Rules rules, HttpServletRequest request) {
    return rules.all().stream()
        .filter(
            rule -> {
              try {
                return rule.match(new RequestView(request), request.getMethod()) != null;
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            })
        .count();
  }

  private Rules read(int count) throws Exception {
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rules.add(
          "{'name': 'r"
              + i
              + "', 'read': "
              + patterns()
              + (random.nextBoolean() ? ", 'write': " + patterns() : "")
              + "}");
    }
    return read(String.join(",", rules));
  }

  private static Rules read(String rules) throws Exception {
    String file = "{'rules': [" + rules + "]}";
    return RuleFile.read(
        new ByteArrayInputStream(file.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  private static String rule(String name, String path) {
    return "{'name': '" + name + "', 'read': '" + path + "'}";
  }

  private String patterns() {
    List<String> patterns = new ArrayList<>();
    IntStream.rangeClosed(0, random.nextInt(2)).forEach(i -> patterns.add("'" + pattern() + "'"));
    return patterns.toString();
  }

  private String pattern() {
    StringBuilder path = new StringBuilder();
    for (int parts = random.nextInt(4); parts > 0; parts--) {
      path.append('/').append(any(PARTS));
    }
    path.append(path.length() == 0 || random.nextInt(4) == 0 ? "/*" : "");
    return any(METHODS) + path + any(CONDITIONS);
  }

  private HttpServletRequest request() {
    StringBuilder path = new StringBuilder();
    for (int parts = random.nextInt(4); parts > 0; parts--) {
      path.append('/').append(any(SENT_PARTS));
    }
    HttpServletRequest request = mock(HttpServletRequest.class, withSettings().stubOnly());
    when(request.getMethod()).thenReturn(any(SENT_METHODS));
    when(request.getServletPath())
        .thenReturn(path.append(random.nextInt(5) == 0 ? "/" : "").toString());
    when(request.getQueryString()).thenReturn(any(QUERIES));
    return request;
  }

  private String any(String[] values) {
    return values[random.nextInt(values.length)];
  }
}
