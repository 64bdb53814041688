package io.github.conflictguard.servlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What SECURITY.md says of settings is said of settings that there are. */
class SecurityDocumentTest {

  private static final Set<String> RULE_FIELDS =
      Set.of(
          "allowInternalGet",
          "class",
          "dispatch",
          "earlyNotModified",
          "forms",
          "idempotencyKey",
          "ignore",
          "key",
          "mode",
          "once",
          "sql",
          "tag",
          "{user}");

  private static final Set<String> VALUES =
      Set.of("off", "observe", "false", "public", "counter", "form", "body", "query");

  /** Headers, elements, findings and directives. */
  private static final Pattern OTHERS =
      Pattern.compile("[A-Z].*|<.*>|[a-z]+(-[a-z]+)+|nosniff|io\\..*|\\*|second save .*|[0-9]+");

  private final String document;

  SecurityDocumentTest() throws Exception {
    document = Files.readString(Path.of("..", ".github", "SECURITY.md"));
  }

  @Test
  void everySettingThatIsNamedExists() {
    List<String> unknown = new ArrayList<>();
    for (String word : quoted()) {
      if (!Setting.names().contains(word)
          && !RULE_FIELDS.contains(word)
          && !VALUES.contains(word)
          && !OTHERS.matcher(word).matches()) {
        unknown.add(word);
      }
    }
    assertEquals(List.of(), unknown);
  }

  @Test
  void everySettingThatBoundsOrSealsIsNamed() {
    List<String> missing = new ArrayList<>();
    for (String setting : Setting.names()) {
      boolean concerned = setting.matches(".*(Limit|Secret|Millis|Key|Bodies|Waiters|counters)");
      if (concerned && !quoted().contains(setting)) {
        missing.add(setting);
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void everyFindingThatIsNamedIsInTheReference() throws Exception {
    String reference = Files.readString(Path.of("README.md"));
    for (String finding : List.of("security-after-guard", "nothing-guarded")) {
      assertTrue(document.contains('`' + finding + '`'), finding);
      assertTrue(reference.contains("| `" + finding + "`"), finding);
    }
  }

  private List<String> quoted() {
    return Pattern.compile("`([^`]+)`")
        .matcher(document)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
