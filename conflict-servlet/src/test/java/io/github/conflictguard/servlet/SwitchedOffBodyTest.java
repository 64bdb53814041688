package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a rule is switched off, no body is read in front of the application. */
@Tag("container")
class SwitchedOffBodyTest {

  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"off, false", "observe, true", "protect, true"})
  void bodyIsReadOnlyWhereTheRuleIsInForce(String mode, boolean read) throws Exception {
    start("[" + rule("a", "form.action=save", mode) + "]", Map.of());
    assertEquals(String.valueOf(read), save("/save"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/*"})
  void bodyIsNotReadWhereTheFilterIsSwitchedOff(String required) throws Exception {
    start(
        "[{\"name\": \"a\", \"read\": \"/a\", \"write\": \"POST /save?form.action=save\"}]",
        Map.of("mode", "off", "requirePrecondition", required));
    assertEquals("false", save("/save"));
    assertEquals("false", save("/other"));
  }

  /** The body decides which of the two rules applies. */
  @Test
  void bodyIsReadForAnotherRuleOfTheSamePath() throws Exception {
    start(
        "["
            + rule("a", "form.action=save", "off")
            + ", "
            + rule("b", "form.action=delete", "protect")
            + "]",
        Map.of());
    assertEquals("true", save("/save"));
  }

  private static String rule(String name, String condition, String mode) {
    return "{\"name\": \"%s\", \"read\": \"/%s\", \"write\": \"POST /save?%s\", \"mode\": \"%s\"}"
        .formatted(name, name, condition, mode);
  }

  private String save(String path) throws Exception {
    return server
        .sendBody(
            "POST",
            path,
            "action=save&_method=DELETE",
            "Content-Type",
            "application/x-www-form-urlencoded")
        .body();
  }

  private void start(String rules, Map<String, String> initParams) throws Exception {
    server
        .rules("{\"rules\": " + rules + "}")
        .filter(new ConflictFilter(), initParams)
        .handle("/*", (request, response) -> response.getWriter().print(isReadInFront(request)))
        .start();
  }

  private static boolean isReadInFront(ServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      if (inner instanceof BufferedRequest) {
        return true;
      }
      inner = wrapper.getRequest();
    }
    return false;
  }
}
