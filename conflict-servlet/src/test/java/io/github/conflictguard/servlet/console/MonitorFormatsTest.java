package io.github.conflictguard.servlet.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pages for programs, and what polling costs. */
@Tag("container")
class MonitorFormatsTest {

  private static final List<String> PAGES =
      List.of(
          "",
          "conflicts",
          "worklist",
          "resources",
          "pairs",
          "rules",
          "findings",
          "settings",
          "about",
          "conflict?n=1");

  private final MonitoredOffice office = new MonitoredOffice();

  @AfterEach
  void stop() throws Exception {
    office.close();
  }

  @Test
  void everyPageIsJson() throws Exception {
    start();
    for (String page : PAGES) {
      HttpResponse<String> answer = office.get(as(page, "json"));
      assertEquals("application/json", type(answer));
      JsonNode json = new ObjectMapper().readTree(answer.body());
      assertTrue(json.size() > 1, page + ": " + json);
    }
    JsonNode conflicts = json("conflicts");
    assertEquals(3, conflicts.get("conflicts").size(), conflicts.toString());
    JsonNode newest = conflicts.get("conflicts").get(0);
    assertEquals("duplicate-key", newest.get("kind").asText());
    assertEquals("refused", newest.get("outcome").asText());
    assertTrue(newest.get("instance").asText().startsWith("urn:uuid:"), newest.toString());
    assertEquals(
        1,
        json("conflicts?after=" + (newest.get("sequence").asLong() - 1)).get("conflicts").size());
    JsonNode explained = json("conflict?instance=" + newest.get("instance").asText());
    assertTrue(explained.get("facts").toString().contains("duplicate-key"), explained.toString());
  }

  @Test
  void everyPageIsCsvThatASpreadsheetDoesNotEvaluate() throws Exception {
    start();
    office.collide("/orders/=1+1", "ada", "bob");
    for (String page : PAGES) {
      HttpResponse<String> answer = office.get(as(page, "csv"));
      assertTrue(type(answer).startsWith("text/csv"), page);
      List<List<String>> rows = parsed(answer.body());
      for (List<String> row : rows) {
        assertEquals(rows.get(0).size(), row.size(), page + ": " + row);
        for (String cell : row) {
          assertFalse(cell.matches("(?s)[=+@-].+"), page + ": " + cell);
        }
      }
    }
    List<List<String>> patterns = parsed(office.get("conflicts?format=csv").body());
    assertEquals("outcome", patterns.get(0).get(0));
    assertEquals(4, patterns.size(), patterns.toString());
  }

  @Test
  void metricsAreInTheTextFormatOfPrometheus() throws Exception {
    start();
    for (String page : List.of("metrics", "rules?format=prometheus", "?format=prometheus")) {
      HttpResponse<String> answer = office.get(page);
      assertTrue(type(answer).startsWith("text/plain;version=0.0.4"), type(answer));
      Map<String, Double> samples = samples(answer.body());
      assertEquals(
          1.0,
          samples.get(
              "conflict_guard_conflicts_total{kind=\"stale-version\",rule=\"orders\","
                  + "outcome=\"answered\"}"),
          samples.toString());
      assertEquals(
          1.0, samples.get("conflict_guard_preconditions_total{rule=\"notes\",result=\"failed\"}"));
      assertEquals(1.0, samples.get("conflict_guard_enabled"));
    }
  }

  private static Map<String, Double> samples(String text) {
    Map<String, Double> samples = new TreeMap<>();
    for (String line : text.split("\n")) {
      if (!line.startsWith("# HELP ") && !line.startsWith("# TYPE ")) {
        assertTrue(
            line.matches("[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? [-0-9.]+"), line);
        int end = line.lastIndexOf(' ');
        assertEquals(
            null, samples.put(line.substring(0, end), Double.valueOf(line.substring(end + 1))));
      }
    }
    return samples;
  }

  @Test
  void reportIsOneFileThatNeedsNoServer() throws Exception {
    start();
    HttpResponse<String> answer = office.get("report");
    String html = answer.body();
    assertTrue(
        answer
            .headers()
            .firstValue("Content-Disposition")
            .orElse("")
            .matches("attachment; filename=\"conflict-guard-\\d{4}-\\d\\d-\\d\\d\\.html\""));
    assertFalse(html.contains(" href="), "no address");
    assertFalse(html.contains(" src="), "no address");
    assertFalse(html.contains("<form"), "no button");
    assertTrue(html.contains("<svg"), html);
    assertTrue(html.contains("style-src &#39;sha256-"), html);
  }

  @Test
  void pageThatHasNotChangedIsNotSentAgain() throws Exception {
    start();
    for (String page : List.of("", "conflicts", "rules?format=json", "settings")) {
      HttpResponse<String> first = office.get(page);
      String tag = first.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> second = office.get(page, "If-None-Match", tag);
      assertEquals(304, second.statusCode(), page);
      assertEquals("", second.body());
      assertEquals(304, office.get(page, "If-None-Match", "W/" + tag).statusCode(), page);
    }
    String tag = office.get("").headers().firstValue("ETag").orElseThrow();
    office.collide("/orders/2", "ada", "bob");
    assertEquals(200, office.get("", "If-None-Match", tag).statusCode());
    HttpResponse<String> german = office.get("", "Accept-Language", "de");
    assertFalse(german.headers().firstValue("ETag").orElseThrow().equals(tag));
  }

  @Test
  void unknownPageAndFormatAreRefused() throws Exception {
    start();
    assertEquals(404, office.get("nothing").statusCode());
    assertEquals(404, office.get("overview/x").statusCode());
    assertEquals(400, office.get("rules?format=xml").statusCode());
  }

  @Test
  void headHasTheHeadersOfGet() throws Exception {
    start();
    String[] bearer = {"Authorization", "Bearer " + MonitoredOffice.TOKEN};
    HttpResponse<String> get = office.server.send("GET", "/conflict-guard/rules", bearer);
    HttpResponse<String> head = office.server.send("HEAD", "/conflict-guard/rules", bearer);
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertEquals(get.headers().firstValue("ETag"), head.headers().firstValue("ETag"));
  }

  @Test
  void languageIsThatOfTheReader() throws Exception {
    start();
    assertTrue(office.get("").body().contains("<html lang=\"en\">"));
    assertTrue(office.get("", "Accept-Language", "fr, de;q=0.5").body().contains("Übersicht"));
    assertTrue(office.get("", "Accept-Language", "en-GB, de").body().contains("Overview"));
  }

  private void start() throws Exception {
    office.startWithToken();
    assertEquals(412, office.collide("/orders/1", "ada", "bob").statusCode());
    assertEquals(204, office.collide("/notes/1", "ada", "bob").statusCode());
    assertEquals(409, office.server.send("POST", "/customers").statusCode());
  }

  private JsonNode json(String page) throws Exception {
    return new ObjectMapper().readTree(office.get(as(page, "json")).body());
  }

  private static String as(String page, String format) {
    return page + (page.contains("?") ? "&" : "?") + "format=" + format;
  }

  private static String type(HttpResponse<String> answer) {
    return answer.headers().firstValue("Content-Type").orElse("");
  }

  /** RFC 4180. */
  private static List<List<String>> parsed(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\r')) {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\r') {
          rows.add(row);
          row = new ArrayList<>();
          i++;
        }
      } else {
        cell.append(c);
      }
    }
    return rows;
  }
}
