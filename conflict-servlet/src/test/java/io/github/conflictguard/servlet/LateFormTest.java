package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.merge.HiddenField;
import io.github.conflictguard.merge.MergedField;
import io.github.conflictguard.merge.MergedForm;
import io.github.conflictguard.merge.PressedButton;
import io.github.conflictguard.servlet.answer.ConflictPageModel;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.page.SaveAgain;
import jakarta.servlet.ServletException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is answered to a form that came too late. */
@Tag("container")
class LateFormTest {

  private static final String RULES =
      """
      {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id:number}",
        "write": "POST /save?id={id:number}", "tag": "form", "allowInternalGet": true%s}]}
      """;

  private final FilterServer server = new FilterServer();
  private volatile String name = "Ada";

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void peopleGetAPageWithTheStatusOfTheProblem() throws Exception {
    start("", Map.of());
    HttpResponse<String> answer = late("text/html", "Accept-Language", "de");
    assertEquals(412, answer.statusCode());
    assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html"));
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
    assertTrue(answer.headers().firstValue("Content-Security-Policy").isPresent());
    assertTrue(answer.body().contains("<h1>Jemand anderes hat das gespeichert"), answer.body());
    assertTrue(answer.body().contains("value=\"Countess\""));
    assertTrue(answer.body().contains("value=\"King\""));
  }

  @Test
  void formThatIsTooLongToBeShownIsRefusedWithoutItsValues() throws Exception {
    start("", Map.of());
    String mine = server.send("GET", "/edit?id=1").body();
    HttpResponse<String> theirs = server.send("GET", "/edit?id=1");
    String other = theirs.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    assertEquals(302, save(other, "Countess", theirs.body()).statusCode());

    HttpResponse<String> answer =
        save(other, "King" + "&f=" + "1".repeat(600 * 1024), mine, "Accept", "text/html");

    assertEquals(412, answer.statusCode());
    assertFalse(answer.body().contains("name=\"f\""));
    assertTrue(answer.body().length() < 20_000, answer.body().length() + " characters");
  }

  @Test
  void theStatusFollowsTheProfile() throws Exception {
    start("", Map.of("statusProfile", "uniform"));
    assertEquals(409, late("text/html").statusCode());
  }

  @Test
  void programsGetTheNamesOfTheFieldsAndNoValues() throws Exception {
    start("", Map.of());
    HttpResponse<String> answer = late("application/json");
    assertEquals(412, answer.statusCode());
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    assertEquals("stale-version", problem.get("kind").asText());
    assertEquals(
        "[{\"name\":\"name\",\"label\":\"Family name\"}]", problem.get("fields").toString());
    assertFalse(answer.body().contains("King") || answer.body().contains("Countess"));
  }

  @Test
  void partialRequestsOfJsfGetAMessage() throws Exception {
    start("", Map.of());
    HttpResponse<String> answer = late("*/*", "Faces-Request", "partial/ajax");
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("<partial-response><changes><eval>"));
  }

  @Test
  void theApplicationsOwnPageGetsTheSameModel() throws Exception {
    start("", Map.of("conflictPage", "/own"));
    HttpResponse<String> answer = late("text/html");
    assertEquals(412, answer.statusCode());
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
    String action = "/app/save";
    assertTrue(
        answer
            .body()
            .startsWith("own Another user saved this while you were editing " + action + " "),
        answer.body());
    assertTrue(answer.body().endsWith(" name BOTH [Ada] [Countess] [King]"), answer.body());
  }

  @Test
  void pagesFindPropertiesUnderTheNamesOfTheReadme() throws Exception {
    assertProperties(ConflictPageModel.class, "title detail reference language form save");
    assertProperties(MergedForm.class, "fields hidden button");
    assertProperties(
        MergedField.class,
        "name label kind options change started current yours proposal decisionNeeded");
    assertProperties(HiddenField.class, "name value");
    assertProperties(PressedButton.class, "name value label");
    assertProperties(SaveAgain.class, "action enctype charset tokens currentPage");
  }

  private static void assertProperties(Class<?> type, String names) throws Exception {
    List<String> known =
        Arrays.stream(Introspector.getBeanInfo(type).getPropertyDescriptors())
            .map(PropertyDescriptor::getName)
            .toList();
    assertTrue(known.containsAll(List.of(names.split(" "))), type + " " + known);
  }

  @Test
  void aRuleMayHaveAPageOfItsOwn() throws Exception {
    start(", \"forms\": {\"conflictPage\": \"/own\"}", Map.of("conflictPage", "/failing"));
    assertTrue(late("text/html").body().startsWith("own "));
  }

  @Test
  void aPageOfTheApplicationThatFailsCostsNothing() throws Exception {
    start("", Map.of("conflictPage", "/failing"));
    HttpResponse<String> answer = late("text/html");
    assertEquals(412, answer.statusCode());
    assertTrue(answer.body().contains("value=\"King\""), answer.body());
    assertFalse(answer.body().contains("half"));
  }

  private void start(String more, Map<String, String> initParams) throws Exception {
    server.rules(RULES.formatted(more)).filter(new ConflictFilter(), initParams);
    server.handle(
        "/edit",
        (request, response) -> {
          request.getSession();
          response.setContentType("text/html;charset=UTF-8");
          response
              .getWriter()
              .print(
                  "<form method=post action=save><input type=hidden name=id value=1>"
                      + "<label for=n>Family name</label><input id=n name=name value=\""
                      + name
                      + "\"></form>");
        });
    server.handle(
        "/save",
        (request, response) -> {
          name = request.getParameter("name");
          response.sendRedirect("edit?id=1");
        });
    server.handle(
        "/own",
        (request, response) -> {
          ConflictPageModel late = (ConflictPageModel) request.getAttribute("conflictGuard");
          MergedField field = late.getForm().getFields().get(0);
          response.setContentType("text/plain;charset=UTF-8");
          response
              .getWriter()
              .print(
                  "own "
                      + late.getTitle()
                      + " "
                      + late.getSave().getAction()
                      + " "
                      + late.getSave().getTokens()
                      + " "
                      + field.getName()
                      + " "
                      + field.getChange()
                      + " "
                      + field.getStarted()
                      + " "
                      + field.getCurrent()
                      + " "
                      + field.getYours());
        });
    server.handle(
        "/failing",
        (request, response) -> {
          response.getWriter().print("half a page");
          throw new ServletException("broken");
        });
    server.start();
  }

  /** Two have the page, one saves, and then the other. */
  private HttpResponse<String> late(String accept, String... headers) throws Exception {
    HttpResponse<String> mine = server.send("GET", "/edit?id=1");
    String session = mine.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    HttpResponse<String> theirs = server.send("GET", "/edit?id=1");
    String other = theirs.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    assertEquals(302, save(other, "Countess", theirs.body(), "Accept", "text/html").statusCode());
    String[] all = new String[headers.length + 2];
    all[0] = "Accept";
    all[1] = accept;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return save(session, "King", mine.body(), all);
  }

  private HttpResponse<String> save(String session, String value, String page, String... headers)
      throws Exception {
    Matcher token = Pattern.compile("name=\"_conflictguard\" value=\"([^\"]+)\"").matcher(page);
    assertTrue(token.find(), page);
    String[] all = new String[headers.length + 4];
    all[0] = "Cookie";
    all[1] = session;
    all[2] = "Content-Type";
    all[3] = "application/x-www-form-urlencoded";
    System.arraycopy(headers, 0, all, 4, headers.length);
    return server.sendBody(
        "POST", "/save", "id=1&name=" + value + "&_conflictguard=" + token.group(1), all);
  }
}
