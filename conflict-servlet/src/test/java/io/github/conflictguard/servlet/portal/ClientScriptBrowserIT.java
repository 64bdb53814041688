package io.github.conflictguard.servlet.portal;

import static io.github.conflictguard.servlet.portal.ClientScriptPage.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.problem.ProblemBuilder;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemJson;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.problem.RetryHint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The module for browsers, in a browser, against scripted responses. */
@Tag("heavy")
class ClientScriptBrowserIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static ClientScriptPage page;

  @BeforeAll
  static void start() throws Exception {
    page = new ClientScriptPage();
  }

  @AfterAll
  static void stop() throws Exception {
    if (page != null) {
      page.close();
    }
  }

  @BeforeEach
  void forget() {
    page.browser().open(page.address("/page"));
    page.answers.clear();
    page.requests.clear();
  }

  private static String problem(ProblemType type) {
    ProblemBuilder problem = ProblemDetail.of(type, "/x");
    if (type.retry() == RetryHint.SAME_REQUEST) {
      problem.retryAfter(1);
    }
    return new String(ProblemJson.write(problem.build()), StandardCharsets.UTF_8);
  }

  private static JsonNode run(String script) throws Exception {
    String result = page.run(script);
    assertTrue(!result.startsWith("FAILED"), result);
    return JSON.readTree(result);
  }

  private static List<String> seen(String what) {
    return page.requests.stream().map(request -> request.get(what)).collect(Collectors.toList());
  }

  @ParameterizedTest
  @EnumSource
  void adviceOfTheProblemDecidesAndNotItsStatus(ProblemType type) throws Exception {
    boolean again = type.retry() == RetryHint.SAME_REQUEST;
    for (int i = 0; i < (again ? 4 : 1); i++) {
      page.answers.add(json(409, problem(type)));
    }
    JsonNode result =
        run(
            """
            try {
              const result = await guard.send('PUT', '/1', {a: 1}, {tag: '"t"'});
              return {name: 'none', kind: '', replayed: result.replayed, data: result.data};
            } catch (e) {
              return {name: e.name, kind: e.kind, stale: e instanceof StaleError, waits};
            }
            """);
    if (type.kind().equals("already-applied")) {
      assertEquals(
          "{\"name\":\"none\",\"kind\":\"\",\"replayed\":true,\"data\":null}", "" + result);
      return;
    }
    assertEquals(type.kind(), result.path("kind").asText());
    boolean refreshed = type.retry() == RetryHint.REFRESH_THEN_RETRY;
    assertEquals(refreshed, result.path("stale").asBoolean());
    assertEquals(
        again ? List.of("PUT", "PUT", "PUT", "PUT") : List.of("PUT"),
        seen("method").stream().filter(method -> !method.equals("GET")).toList());
    assertEquals(
        1, seen("Idempotency-Key").stream().filter(key -> !key.isEmpty()).distinct().count());
    assertEquals(again ? 3 : 0, result.path("waits").size());
    result.path("waits").forEach(wait -> assertTrue(wait.asDouble() >= 1000, wait.toString()));
  }

  @Test
  void updateAppliesTheFunctionToTheNewState() throws Exception {
    page.answers.add(json(200, "{\"stock\":5,\"name\":\"a\"}", "ETag", "\"1\""));
    page.answers.add(json(412, problem(ProblemType.PRECONDITION_FAILED)));
    page.answers.add(json(200, "{\"stock\":4,\"name\":\"b\"}", "ETag", "\"2\""));
    page.answers.add(json(200, "{\"stock\":3,\"name\":\"b\"}", "ETag", "\"3\""));
    JsonNode result =
        run("return await guard.update('/1', item => ({...item, stock: item.stock - 1}))");
    assertEquals("\"3\"", result.path("tag").asText());
    assertEquals(3, result.path("data").path("stock").asInt());
    assertEquals(List.of("GET", "PUT", "GET", "PUT"), seen("method"));
    assertEquals(List.of("", "\"1\"", "", "\"2\""), seen("If-Match"));
    assertEquals("{\"stock\":3,\"name\":\"b\"}", seen("body").get(3));
    List<String> keys = seen("Idempotency-Key");
    assertTrue(!keys.get(1).equals(keys.get(3)), "another body has another key: " + keys);
    assertTrue(keys.get(1).matches("\"[0-9-]{7,43}\""), keys.get(1));
    assertEquals("no-cache", seen("Cache-Control").get(0), "never from a cache");
  }

  @Test
  void updateEndsAfterThreeRepetitions() throws Exception {
    for (int i = 0; i < 10; i++) {
      page.answers.add(json(200, "{\"n\":" + i + "}", "ETag", "\"" + i + "\""));
      page.answers.add(json(412, problem(ProblemType.PRECONDITION_FAILED)));
    }
    JsonNode result =
        run(
            """
            let calls = 0;
            try {
              await guard.update('/1', item => ({n: item.n + ++calls}));
            } catch (e) {
              return {calls, name: e.name, base: e.base, yours: e.yours, theirs: e.theirs, tag: e.tag};
            }
            """);
    assertEquals(4, result.path("calls").asInt());
    assertEquals("StaleError", result.path("name").asText());
    assertEquals(3, result.path("base").path("n").asInt());
    assertEquals(4, result.path("theirs").path("n").asInt());
    assertEquals("\"4\"", result.path("tag").asText());
  }

  @Test
  void updateThatNeedsNoChangeWritesNothing() throws Exception {
    JsonNode result = run("return await guard.update('/1', item => undefined)");
    assertEquals(1, result.path("data").path("n").asInt());
    assertEquals(List.of("GET"), seen("method"));
    page.requests.clear();
    page.answers.add(json(200, "{\"left\":1}", "ETag", "\"1\""));
    page.answers.add(json(412, problem(ProblemType.PRECONDITION_FAILED)));
    page.answers.add(json(200, "{\"left\":0}", "ETag", "\"2\""));
    result = run("return await guard.update('/1', item => item.left ? {left: 0} : undefined)");
    assertEquals("\"2\"", result.path("tag").asText());
    assertEquals(List.of("GET", "PUT", "GET"), seen("method"));
  }

  @Test
  void updateWithoutATagIsRefusedBeforeItIsSent() throws Exception {
    page.answers.add(json(200, "{}"));
    String result = page.run("await guard.update('/1', item => ({}))");
    assertTrue(result.startsWith("FAILED TypeError: No ETag"), result);
    assertEquals(List.of("GET"), seen("method"));
  }

  @Test
  void failedReadAfterAStaleVersionLeavesTheStaleVersionKnown() throws Exception {
    page.answers.add(json(412, problem(ProblemType.PRECONDITION_FAILED)));
    page.answers.add(json(404, "{}"));
    JsonNode result =
        run(
            """
            try {
              await guard.send('PUT', '/1', {}, {tag: '"1"', onConflict: () => ({})});
            } catch (e) {
              return {name: e.name, kind: e.kind};
            }
            """);
    assertEquals("{\"name\":\"StaleError\",\"kind\":\"stale-version\"}", result.toString());
  }

  @Test
  void callbackMergesWhatBothHaveChanged() throws Exception {
    page.answers.add(
        json(
            412,
            problem(ProblemType.PRECONDITION_FAILED)
                .replace(
                    "\"retry\":",
                    "\"changes\":[{\"pointer\":\"/a\",\"by\":\"both\"}],\"retry\":")));
    page.answers.add(json(200, "{\"a\":3,\"b\":2}", "ETag", "\"2\""));
    JsonNode result =
        run(
            """
            let seen;
            await guard.send('PUT', '/1', {a: 9, b: 1}, {tag: '"1"', base: {a: 1, b: 1},
                onConflict: conflict => {
                  seen = conflict;
                  return {...conflict.theirs, a: conflict.yours.a};
                }});
            return seen;
            """);
    assertEquals("{\"a\":1,\"b\":1}", result.path("base").toString());
    assertEquals("{\"a\":9,\"b\":1}", result.path("yours").toString());
    assertEquals("{\"a\":3,\"b\":2}", result.path("theirs").toString());
    assertEquals("/a", result.path("changes").path(0).path("pointer").asText());
    assertEquals("{\"a\":9,\"b\":2}", seen("body").get(2));
    assertEquals("\"2\"", seen("If-Match").get(2));
  }

  @ParameterizedTest
  @CsvSource({
    "2, , 2, true",
    "'Sat, 28 Nov 2026 10:00:07 GMT', 'Sat, 28 Nov 2026 10:00:00 GMT', 7, true",
    "'Sat, 28 Nov 2026 09:00:00 GMT', 'Sat, 28 Nov 2026 10:00:00 GMT', 0, true",
    "30, , 30, true",
    "31, , 31, false",
    "99999999999, , 99999999999, false"
  })
  void retryAfterIsHonouredUpToTheCap(String after, String date, double seconds, boolean again)
      throws Exception {
    String[] headers =
        date == null
            ? new String[] {"Retry-After", after}
            : new String[] {"Retry-After", after, "Date", date};
    page.answers.add(json(409, problem(ProblemType.LOCKED).replace(",\"after\":1", ""), headers));
    JsonNode result =
        run(
            """
            try {
              await guard.send('PUT', '/1', {});
            } catch (e) {
              return {waits, after: e.retryAfter};
            }
            return {waits};
            """);
    assertEquals(again ? 2 : 1, page.requests.size());
    if (again) {
      double wait = result.path("waits").path(0).asDouble() / 1000;
      assertTrue(wait >= seconds && wait <= Math.min(30, 2 * seconds + 0.25), result.toString());
    } else {
      assertEquals(seconds, result.path("after").asDouble());
    }
  }

  @Test
  void waitsHaveFullJitter() throws Exception {
    JsonNode waits =
        run(
            """
            const random = Math.random;
            for (const value of [0, 0.999]) {
              Math.random = () => value;
              try {
                await conflictGuard({base: '/app/scripted', fetch: async () => new Response(
                    '{"kind":"transient","retry":{"advice":"same-request"}}',
                    {status: 409, headers: {'Content-Type': 'application/problem+json'}})})
                    .send('PUT', '/1', {});
              } catch (e) {}
            }
            Math.random = random;
            return waits.map(Math.round);
            """);
    assertEquals("[0,0,0,250,500,999]", waits.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "409, LOCKED, false, 1",
    "409, DUPLICATE_KEY, true, 4",
    "412, PRECONDITION_FAILED, true, 4",
    "500, , true, 4",
    "503, , false, 1"
  })
  void headerOfTheServerTakesPrecedence(int status, ProblemType type, String told, int requests)
      throws Exception {
    for (int i = 0; i < 4; i++) {
      page.answers.add(json(status, type == null ? "{}" : problem(type), "x-should-retry", told));
    }
    run("try { await guard.send('POST', '/1', {}); } catch (e) {}");
    assertEquals(requests, seen("method").stream().filter("POST"::equals).count());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 503, '{}', '{}', 2",
    "POST, 503, '{}', '{}', 1",
    "PUT, 429, '{}', '{}', 1",
    "POST, 503, '{keysHonoured: true}', '{}', 2",
    "PUT, 429, '{keysHonoured: true}', '{}', 2",
    "POST, 503, '{keysHonoured: true}', '{key: false}', 1",
    "POST, 500, '{keysHonoured: true}', '{}', 1"
  })
  void otherServersAreRepeatedOnlyWhereThatIsSafe(
      String method, int status, String settings, String options, int requests) throws Exception {
    page.answers.add(json(status, "{}", "Retry-After", "1"));
    run(
        """
        const guard = conflictGuard({base: '/app/scripted', ...SETTINGS});
        try {
          await ('METHOD' === 'GET' ? guard.read('/1') : guard.send('METHOD', '/1', {}, OPTIONS));
        } catch (e) {}
        """
            .replace("SETTINGS", settings)
            .replace("OPTIONS", options)
            .replace("METHOD", method));
    assertEquals(requests, page.requests.size());
  }

  @Test
  void nothingIsWrittenAndNothingQueuedOffline() throws Exception {
    JsonNode result =
        run(
            """
            Object.defineProperty(navigator, 'onLine', {configurable: true, get: () => false});
            try {
              await guard.send('PUT', '/1', {}, {tag: '"1"'});
            } catch (e) {
              return {offline: e instanceof OfflineError};
            } finally {
              delete navigator.onLine;
            }
            """);
    assertTrue(result.path("offline").asBoolean(), result.toString());
    assertEquals(List.of(), page.requests);
  }

  @Test
  void abortedRequestIsNotRepeated() throws Exception {
    page.answers.add(json(409, problem(ProblemType.LOCKED)));
    JsonNode result =
        run(
            """
            const controller = new AbortController();
            window.setTimeout = () => controller.abort();
            try {
              await guard.send('PUT', '/1', {}, {signal: controller.signal});
            } catch (e) {
              return {name: e.name};
            }
            """);
    assertEquals("AbortError", result.path("name").asText());
    assertEquals(1, page.requests.size());
  }

  @Test
  void weakTagIsReportedOnce() throws Exception {
    page.answers.add(json(200, "{}", "ETag", "W/\"1\""));
    page.answers.add(json(200, "{}", "ETag", "W/\"2\""));
    JsonNode result =
        run(
            """
            const lines = [];
            const warn = console.warn;
            console.warn = (...line) => lines.push(line.join(' '));
            await guard.read('/1');
            await guard.read('/2');
            console.warn = warn;
            return lines;
            """);
    assertEquals("[\"Weak ETag: If-Match never holds /1\"]", result.toString());
  }

  @Test
  void bodiesAreSentAsTheirTypesDemand() throws Exception {
    run(
        """
        await guard.send('POST', '/1', [1], {create: true});
        await guard.send('POST', '/1', 'text', {headers: {'Content-Type': 'text/x'}, key: 'mine'});
        await guard.send('POST', '/1', new URLSearchParams({a: 1}));
        await guard.send('PATCH', '/1', {a: 1}, {headers: {'Content-Type': 'application/merge-patch+json'}});
        await guard.send('DELETE', '/1');
        """);
    assertEquals(
        List.of(
            "application/json",
            "text/x",
            "application/x-www-form-urlencoded;charset=UTF-8",
            "application/merge-patch+json",
            "null"),
        seen("type").stream().map(type -> type.replace("utf-8", "UTF-8")).toList());
    assertEquals(List.of("[1]", "text", "a=1", "{\"a\":1}", ""), seen("body"));
    assertEquals("*", seen("If-None-Match").get(0));
    assertEquals("mine", seen("Idempotency-Key").get(1));
  }

  @Test
  void bodiesThatAreNoJsonAreText() throws Exception {
    page.answers.add((request, response) -> response.setStatus(204));
    page.answers.add(
        (request, response) -> {
          response.setContentType("text/plain");
          response.getWriter().write("plain");
        });
    page.answers.add(json(409, "{\"kind\": broken"));
    page.answers.add((request, response) -> response.sendError(500));
    JsonNode result =
        run(
            """
            const all = [(await guard.send('PUT', '/1', {})).data, (await guard.read('/1')).data];
            for (let i = 0; i < 2; i++) {
              try { await guard.send('PUT', '/1', {}); } catch (e) { all.push(e.name + e.status); }
            }
            return all;
            """);
    assertEquals("[\"\",\"plain\",\"ProblemError409\",\"ProblemError500\"]", result.toString());
  }
}
