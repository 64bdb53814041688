package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.servlet.container.FilterServer;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Preconditions over real HTTP, on a resource that knows nothing of them. */
@Tag("container")
class ConflictFilterTest {

  private final Note note = new Note("{\"a\":1}");
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void aReadGetsAStrongTagThatFollowsTheContent() throws Exception {
    start();
    HttpResponse<String> first = server.send("GET", "/note");
    assertEquals(200, first.statusCode());
    assertEquals("{\"a\":1}", first.body());
    String tag = tag(first);
    assertTrue(tag.matches("\"[0-9a-f]{32}\""), tag);
    assertEquals(tag, tag(server.send("GET", "/note")));
    note.changeTo("{\"a\":2}");
    assertNotEquals(tag, tag(server.send("GET", "/note")));
    note.changeTo("{\"a\":1}");
    assertEquals(tag, tag(server.send("GET", "/note")));
  }

  @Test
  void aKnownTagIsAnsweredWith304AndNoBody() throws Exception {
    start();
    String tag = tag(server.send("GET", "/note"));
    for (String value : new String[] {tag, "W/" + tag, "\"x\", " + tag, "*"}) {
      HttpResponse<String> answer = server.send("GET", "/note", "If-None-Match", value);
      assertEquals(304, answer.statusCode(), value);
      assertEquals("", answer.body());
      assertEquals(tag, tag(answer));
      assertTrue(answer.headers().firstValue("Content-Type").isEmpty());
      assertTrue(answer.headers().firstValue("Content-Length").isEmpty(), "8.6");
      assertTrue(answer.headers().firstValue("Transfer-Encoding").isEmpty());
    }
    assertEquals(200, server.send("GET", "/note", "If-None-Match", "\"x\"").statusCode());
  }

  @Test
  void headCarriesTheTagOfGet() throws Exception {
    start();
    String tag = tag(server.send("GET", "/note"));
    HttpResponse<String> head = server.send("HEAD", "/note");
    assertEquals(200, head.statusCode());
    assertEquals(tag, tag(head));
    assertEquals(304, server.send("HEAD", "/note", "If-None-Match", tag).statusCode());
  }

  @Test
  void aWriteWithTheCurrentTagRuns() throws Exception {
    start();
    String tag = tag(server.send("GET", "/note"));
    HttpResponse<String> answer = server.sendBody("PUT", "/note", "{\"a\":2}", "If-Match", tag);
    assertEquals(204, answer.statusCode());
    assertTrue(answer.headers().firstValue("ETag").isEmpty(), "9.3.4: no tag on a PUT's answer");
    assertEquals("{\"a\":2}", note.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "POST", "DELETE"})
  void aWriteWithAnOldTagIsRefusedBeforeItReachesTheApplication(String method) throws Exception {
    start();
    String old = tag(server.send("GET", "/note"));
    note.changeTo("{\"a\":2}");
    HttpResponse<String> answer = server.sendBody(method, "/note", "{}", "If-Match", old);
    assertEquals(412, answer.statusCode());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    assertEquals("stale-version", problem.get("kind").asText());
    assertEquals("/app/note", problem.get("resource").asText());
    assertEquals(old, problem.get("sent").asText());
    assertEquals(tag(server.send("GET", "/note")), problem.get("current").asText());
    assertEquals("{\"a\":2}", note.text());
    assertEquals(0, note.writes.get());
  }

  @Test
  void createOnlyIsRefusedWhereSomethingIsThereAndRunsWhereNothingIs() throws Exception {
    start();
    assertEquals(412, server.sendBody("PUT", "/note", "{}", "If-None-Match", "*").statusCode());
    assertEquals(0, note.writes.get());
    note.changeTo("");
    assertEquals(204, server.sendBody("PUT", "/note", "{}", "If-None-Match", "*").statusCode());
    assertEquals("{}", note.text());
  }

  @Test
  void ifMatchOnNothingIsRefused() throws Exception {
    start();
    note.changeTo("");
    for (String value : new String[] {"*", "\"x\""}) {
      assertEquals(412, server.sendBody("PUT", "/note", "{}", "If-Match", value).statusCode());
    }
    assertEquals("", note.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "\"a", "W/a", "*, \"a\"", "'a'", "\"a\" \"b\""})
  void anUnreadablePreconditionIsAnsweredWith400AndNothingRuns(String value) throws Exception {
    start();
    HttpResponse<String> answer = server.sendBody("PUT", "/note", "{}", "If-Match", value);
    assertEquals(400, answer.statusCode());
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    assertEquals("malformed-precondition", problem.get("kind").asText());
    assertEquals("If-Match", problem.get("header").asText());
    assertFalse(answer.body().contains("garbage"));
    assertEquals(0, note.writes.get());
    assertEquals(200, server.send("GET", "/note", "If-None-Match", value).statusCode());
  }

  @Test
  void severalLinesOfAHeaderAreOneList() throws Exception {
    start();
    String tag = tag(server.send("GET", "/note"));
    HttpResponse<String> answer =
        server.sendBody("PUT", "/note", "{}", "If-Match", "\"x\"", "If-Match", tag);
    assertEquals(204, answer.statusCode());
  }

  @Test
  void aWriteWithoutPreconditionPassesWithoutAQuestion() throws Exception {
    start();
    assertEquals(204, server.sendBody("PUT", "/note", "{}").statusCode());
    assertEquals(0, note.reads.get());
  }

  @Test
  void aDemandedPreconditionThatIsMissingIsAnsweredWith428() throws Exception {
    start(Map.of("requirePrecondition", "/other, /note"));
    for (String method : new String[] {"PUT", "PATCH", "DELETE"}) {
      HttpResponse<String> answer = server.sendBody(method, "/note", "{}");
      assertEquals(428, answer.statusCode());
      assertTrue(answer.body().contains("SEND_PRECONDITION"));
    }
    assertEquals(0, note.writes.get());
    assertEquals(204, server.sendBody("POST", "/note", "{}").statusCode());
    String tag = tag(server.send("GET", "/note"));
    assertEquals(204, server.sendBody("PUT", "/note", "{}", "If-Match", tag).statusCode());
  }

  @Test
  void aTagThatCameBackChangedIsRecognisedWhereThatIsSaid() throws Exception {
    start(Map.of("tagSuffixes", "--gzip, -gzip", "acceptWeakIfMatch", "true"));
    String tag = tag(server.send("GET", "/note"));
    for (String suffix : new String[] {"--gzip", "-gzip"}) {
      String changed = tag.substring(0, tag.length() - 1) + suffix + "\"";
      assertEquals(304, server.send("GET", "/note", "If-None-Match", changed).statusCode());
      for (String sent : new String[] {changed, "W/" + changed, "W/" + tag}) {
        HttpResponse<String> answer =
            server.sendBody("PUT", "/note", "{\"a\":1}", "If-Match", sent);
        assertEquals(204, answer.statusCode(), sent);
      }
      note.changeTo("{\"a\":2}");
      HttpResponse<String> stale = server.sendBody("PUT", "/note", "{}", "If-Match", changed);
      assertEquals(412, stale.statusCode());
      JsonNode problem = new ObjectMapper().readTree(stale.body());
      assertEquals(changed, problem.get("sent").asText());
      note.changeTo("{\"a\":1}");
    }
  }

  /** Nothing compresses here, so nobody has made it weak but a server on the way. */
  @Test
  void aTagThatCameBackWeakIsAnotherOneByTheLetter() throws Exception {
    start();
    String tag = tag(server.send("GET", "/note"));
    String other = tag.substring(0, tag.length() - 1) + "--other thing\"";
    assertEquals(412, server.sendBody("PUT", "/note", "{}", "If-Match", "W/" + tag).statusCode());
    assertEquals(400, server.sendBody("PUT", "/note", "{}", "If-Match", other).statusCode());
    assertEquals(
        412,
        server.sendBody("PUT", "/note", "{}", "If-Match", other.replace(" ", "/")).statusCode());
  }

  @Test
  void optionsIgnoresPreconditions() throws Exception {
    start();
    assertEquals(405, server.send("OPTIONS", "/note", "If-Match", "\"x\"").statusCode());
  }

  @Test
  void aSecondInstanceOfTheFilterStaysOut() throws Exception {
    server.filter(new ConflictFilter()).filter(new ConflictFilter()).handle("/note", note).start();
    String tag = tag(server.send("GET", "/note"));
    note.reads.set(0);
    assertEquals(204, server.sendBody("PUT", "/note", "{}", "If-Match", tag).statusCode());
    assertEquals(1, note.reads.get());
  }

  private void start() throws Exception {
    start(Map.of());
  }

  private void start(Map<String, String> initParams) throws Exception {
    server.filter(new ConflictFilter(), initParams).handle("/note", note).start();
  }

  private static String tag(HttpResponse<String> response) {
    return response.headers().firstValue("ETag").orElse("no tag");
  }
}
