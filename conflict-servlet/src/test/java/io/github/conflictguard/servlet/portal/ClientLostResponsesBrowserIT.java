package io.github.conflictguard.servlet.portal;

import static io.github.conflictguard.servlet.portal.ClientScriptPage.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.Handler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The module for browsers where the server has executed a request, and its response is lost. */
@Tag("heavy")
class ClientLostResponsesBrowserIT {

  /** Loses the first responses to requests of a method, after the server has handled them. */
  private static final String LOSSY =
      """
      let left = 9;
      const lossy = (settings, method) => conflictGuard({
        base: '/app/scripted', ...settings, fetch: async (url, init) => {
          const response = await fetch(url, init);
          if (init.method === method && left-- > 0) {
            throw new TypeError('Failed to fetch');
          }
          return response;
        }});
      const failure = async action => {
        try {
          await action();
          return 'none';
        } catch (e) {
          return (e instanceof UnknownOutcomeError ? 'unknown: ' : e.name + ': ') + e.message
              + (e.cause ? ', ' + e.cause.name : '');
        }
      };
      """;

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

  private static String run(String script) {
    return page.run(LOSSY + script);
  }

  private static List<String> seen(String what) {
    return page.requests.stream().map(request -> request.get(what)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void lostWriteIsNotRepeatedAndItsOutcomeIsUnknown(String method) {
    String failure =
        run(
            "return failure(() => lossy({}, 'M').send('M', '/1', {}))"
                .replace("'M'", quoted(method)));
    assertEquals(
        "\"unknown: Response lost, outcome unknown: " + method + " /1, TypeError\"", failure);
    assertEquals(List.of(method), seen("method"));
    assertTrue(!seen("Idempotency-Key").contains(""), "a key alone makes nothing safe");
  }

  private static String quoted(String text) {
    return "'" + text + "'";
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void honouredKeyMakesARepetitionSafe(String method) {
    String failure =
        run(
            "left = 2; return failure(() => lossy({keysHonoured: true}, 'M').send('M', '/1', {}))"
                .replace("'M'", quoted(method)));
    assertEquals("\"none\"", failure);
    assertEquals(List.of(method, method, method), seen("method"));
    assertEquals(1, seen("Idempotency-Key").stream().distinct().count());
  }

  @Test
  void outcomeIsUnknownAfterTheLastRepetitionToo() {
    String failure =
        run("return failure(() => lossy({keysHonoured: true}, 'POST').send('POST', '/1', {}))");
    assertTrue(failure.startsWith("\"unknown: "), failure);
    assertEquals(4, page.requests.size());
  }

  @ParameterizedTest
  @CsvSource({
    "'{keysHonoured: true}', '{key: false}'",
    "'{keysHonoured: true, keyHeader: \"\"}', '{}'",
    "'{keysHonoured: true, keyHeader: \"\"}', '{headers: {\"Idempotency-Key\": \"1\"}}'",
    "'{keysHonoured: false}', '{key: \"1\"}'",
    "'{}', '{headers: {\"Idempotency-Key\": \"1\"}}'"
  })
  void lostWriteIsRepeatedOnlyWithAKeyThatIsHonoured(String settings, String options) {
    String failure =
        run(
            "return failure(() => lossy(SETTINGS, 'POST').send('POST', '/1', {}, OPTIONS))"
                .replace("SETTINGS", settings)
                .replace("OPTIONS", options));
    assertTrue(failure.startsWith("\"unknown: "), failure);
    assertEquals(1, page.requests.size());
  }

  @Test
  void updateDoesNotApplyTheFunctionAgainAfterALostResponse() {
    page.answers.add(json(200, "{\"stock\":5}", "ETag", "\"1\""));
    page.answers.add(json(200, "{\"stock\":4}", "ETag", "\"2\""));
    // What a repetition would get, because of the success of the first attempt.
    page.answers.add(json(412, "{}"));
    String result =
        run(
            """
            let calls = 0;
            const end = await failure(() => lossy({}, 'PUT')
                .update('/1', item => ({stock: item.stock - (++calls > 0)})));
            return {calls, end};
            """);
    assertEquals(
        "{\"calls\":1,\"end\":\"unknown: Response lost, outcome unknown: PUT /1, TypeError\"}",
        result);
    assertEquals(List.of("GET", "PUT"), seen("method"));
  }

  @Test
  void updateGetsTheFirstResponseByItsHonouredKey() {
    page.answers.add(json(200, "{\"stock\":5}", "ETag", "\"1\""));
    page.answers.add(json(200, "{\"stock\":4}", "ETag", "\"2\""));
    page.answers.add(json(200, "{\"stock\":4}", "ETag", "\"2\"", "Idempotent-Replayed", "true"));
    String result =
        run(
            """
            let calls = 0;
            left = 1;
            const {data, tag, replayed} = await lossy({keysHonoured: true}, 'PUT')
                .update('/1', item => ({stock: item.stock - (++calls > 0)}));
            return {calls, data, tag, replayed};
            """);
    assertEquals(
        "{\"calls\":1,\"data\":{\"stock\":4},\"tag\":\"\\\"2\\\"\",\"replayed\":true}", result);
    assertEquals(List.of("GET", "PUT", "PUT"), seen("method"));
    assertEquals(seen("Idempotency-Key").get(1), seen("Idempotency-Key").get(2));
    assertEquals(seen("body").get(1), seen("body").get(2));
  }

  @Test
  void lostReadIsRepeated() {
    assertEquals("\"none\"", run("left = 2; return failure(() => lossy({}, 'GET').read('/1'))"));
    assertEquals(List.of("GET", "GET", "GET"), seen("method"));
    String failure = run("left = 9; return failure(() => lossy({}, 'GET').read('/1'))");
    assertEquals("\"TypeError: Failed to fetch\"", failure);
  }

  /** A response whose connection breaks within the body. */
  private static Handler cut(String type) {
    return (request, response) -> {
      response.setContentType(type);
      response.setHeader("ETag", "\"1\"");
      response.setContentLength(100);
      response.getOutputStream().write("{\"stock\":5,".getBytes(StandardCharsets.UTF_8));
      response.flushBuffer();
      throw new IOException("The connection breaks here");
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain"})
  void bodyThatBreaksOffIsALostResponse(String type) {
    page.answers.add(cut(type));
    String failure = run("return failure(() => guard.send('PUT', '/1', {}, {tag: '\"1\"'}))");
    assertTrue(failure.startsWith("\"unknown: "), failure);
    assertEquals(List.of("PUT"), seen("method"));
    page.requests.clear();
    page.answers.add(cut(type));
    page.answers.add(json(200, "{\"stock\":5}", "ETag", "\"1\""));
    assertEquals("{\"stock\":5}", run("return (await guard.read('/1')).data"));
    assertEquals(List.of("GET", "GET"), seen("method"));
  }

  @Test
  void writeThatWasSentBeforeTheBrowserWentOfflineHasAnUnknownOutcome() {
    String failure =
        run(
            """
            const leaving = conflictGuard({base: '/app/scripted', keysHonoured: true,
              fetch: async (url, init) => {
                await fetch(url, init);
                Object.defineProperty(navigator, 'onLine', {configurable: true, get: () => false});
                throw new TypeError('Failed to fetch');
              }});
            try {
              return await failure(() => leaving.send('POST', '/1', {}));
            } finally {
              delete navigator.onLine;
            }
            """);
    assertTrue(failure.startsWith("\"unknown: "), failure);
    assertEquals(1, page.requests.size());
  }

  @Test
  void writeThatItsCallerAbortsIsAborted() {
    String failure =
        run(
            """
            const controller = new AbortController();
            const aborted = conflictGuard({base: '/app/scripted', keysHonoured: true,
              fetch: (url, init) => {
                controller.abort();
                return fetch(url, init);
              }});
            const {signal} = controller;
            return failure(() => aborted.send('POST', '/1', {}, {signal}));
            """);
    assertTrue(failure.startsWith("\"AbortError: "), failure);
  }
}
