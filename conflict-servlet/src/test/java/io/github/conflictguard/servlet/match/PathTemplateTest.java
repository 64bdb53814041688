package io.github.conflictguard.servlet.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {

  private static final String[] PARTS = {"/", "/", "a", "-", ".", "{x}", "{y}", "{z}"};
  private static final String SENT = "/a-.7\n";

  private final Random random = new Random(11);

  @ParameterizedTest
  @CsvSource({
    "/orders/{x},      /orders/7,       7",
    "/orders/{x},      /orders/,        no",
    "/orders/{x},      /orders/7/,      no",
    "/orders/{x},      /orders/7/lines, no",
    "/orders/{x}/*,    /orders/7,       7",
    "/orders/{x}/*,    /orders/7/,      7",
    "/orders/{x}/*,    /orders/7/lines, 7",
    "/orders/{x}.json, /orders/a.json.json, a.json",
    "/{x}-{y},         /1-2-3,          1-2",
    "/{x}/{x},         /7/7,            7",
    "/{x}/{x},         /7/8,            no"
  })
  void aVariableTakesAsMuchAsItCanBetweenTwoSlashes(String template, String path, String x) {
    Map<String, String> captured = new HashMap<>();
    boolean matches = PathTemplate.parse(template).matches(path, captured);
    assertEquals(x, matches ? captured.get("x") : "no");
  }

  @Test
  void takesWhatARegularExpressionWouldTake() {
    int fitted = 0;
    for (int i = 0; i < 200_000; i++) {
      String text = template();
      String path = path();
      Map<String, String> expected = byRegularExpression(text, path);
      Map<String, String> captured = new HashMap<>();
      boolean matches = PathTemplate.parse(text).matches(path, captured);
      assertEquals(expected, matches ? captured : null, text + " and " + path);
      fitted += matches ? 1 : 0;
    }
    assertTrue(fitted > 5000, fitted + " fitted");
  }

  private static Map<String, String> byRegularExpression(String text, String path) {
    boolean open = text.endsWith("/*");
    String fixed = open ? text.substring(0, text.length() - 2) : text;
    String regex = Pattern.quote(fixed).replaceAll("\\{(.)}", "\\\\E(?<$1>[^/]+)\\\\Q");
    Matcher matcher =
        Pattern.compile(regex + (open ? "(?:/.*)?" : ""), Pattern.DOTALL).matcher(path);
    if (!matcher.matches()) {
      return null;
    }
    Map<String, String> captured = new HashMap<>();
    for (String name : new String[] {"x", "y", "z"}) {
      if (fixed.contains("{" + name + "}")) {
        captured.put(name, matcher.group(name));
      }
    }
    return captured;
  }

  /** Each variable once at most, and never two side by side. */
  private String template() {
    StringBuilder text = new StringBuilder("/");
    for (int length = random.nextInt(7); length > 0; length--) {
      String part = PARTS[random.nextInt(PARTS.length)];
      boolean variable = part.startsWith("{");
      if (!variable || (text.indexOf(part) < 0 && text.charAt(text.length() - 1) != '}')) {
        text.append(part);
      }
    }
    return random.nextInt(3) == 0 ? text + "/*" : text.toString();
  }

  private String path() {
    StringBuilder path = new StringBuilder("/");
    for (int length = random.nextInt(8); length > 0; length--) {
      path.append(SENT.charAt(random.nextInt(SENT.length())));
    }
    return path.toString();
  }
}
