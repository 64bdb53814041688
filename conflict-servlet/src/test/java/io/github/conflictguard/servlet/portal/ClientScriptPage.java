package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.browser.Browser;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A page that runs the module for browsers against a server whose next responses are scripted.
 * Waits end at once; their lengths are in {@code waits}.
 */
final class ClientScriptPage implements AutoCloseable {

  private static final String FRAME =
      """
      const done = arguments[arguments.length - 1];
      (async () => {
        const {conflictGuard, StaleError, ProblemError, OfflineError, UnknownOutcomeError,
            guardForms} = await import('/app/conflict-guard/client.js');
        const waits = [];
        const wait = window.setTimeout;
        window.setTimeout = (then, millis) => { waits.push(millis); wait(then, 0); };
        const guard = conflictGuard({base: '/app/scripted'});
        try {
          SCRIPT
        } finally {
          window.setTimeout = wait;
        }
      })().then(
        value => done(JSON.stringify(value === undefined ? null : value)),
        error => done('FAILED ' + error.name + ': ' + error.message + ' ' + error.stack));
      """;

  final FilterServer server = new FilterServer();

  /** The responses to come; without any, an empty object with a tag. */
  final Queue<Handler> answers = new ConcurrentLinkedQueue<>();

  /** Method, conditional headers, key and body of each request. */
  final List<Map<String, String>> requests = Collections.synchronizedList(new ArrayList<>());

  private final Browser browser;

  ClientScriptPage(FilterServerSetup more, Map<String, String> settings) throws Exception {
    server
        .handle("/page", (request, response) -> page(response, "<p>Ready</p>"))
        .handle("/scripted/*", this::answer);
    more.setUp(server);
    server.filter(new ConflictFilter(), settings).start();
    browser = Browser.start();
    browser.driver().manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    browser.open(address("/page"));
  }

  ClientScriptPage() throws Exception {
    this(server -> {}, Map.of("clientScript", "true", "mode", "off"));
  }

  static void page(HttpServletResponse response, String body) throws IOException {
    response.setContentType("text/html;charset=utf-8");
    response.getWriter().write("<!DOCTYPE html><html lang=en><title>t</title>" + body);
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.port() + "/app" + path;
  }

  Browser browser() {
    return browser;
  }

  /** Runs statements that return a value, and returns that as JSON. */
  String run(String script) {
    return (String) browser.driver().executeAsyncScript(FRAME.replace("SCRIPT", script));
  }

  private void answer(HttpServletRequest request, HttpServletResponse response) throws Throwable {
    Map<String, String> seen = new TreeMap<>();
    seen.put("method", request.getMethod());
    for (String name : List.of("If-Match", "If-None-Match", "Idempotency-Key", "Cache-Control")) {
      String value = request.getHeader(name);
      seen.put(name, value == null ? "" : value);
    }
    seen.put("type", String.valueOf(request.getContentType()));
    seen.put("body", new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    requests.add(seen);
    Handler next = answers.poll();
    if (next == null) {
      json(200, "{\"n\":" + requests.size() + "}", "ETag", "\"t" + requests.size() + "\"")
          .handle(request, response);
    } else {
      next.handle(request, response);
    }
  }

  static Handler json(int status, String body, String... headers) {
    return (request, response) -> {
      response.setStatus(status);
      boolean problem = status >= 400 && body.contains("kind");
      response.setContentType(problem ? "application/problem+json" : "application/json");
      for (int i = 0; i < headers.length; i += 2) {
        response.setHeader(headers[i], headers[i + 1]);
      }
      response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    };
  }

  @Override
  public void close() throws Exception {
    browser.close();
    server.close();
  }

  /** What a test adds to the application. */
  interface FilterServerSetup {
    void setUp(FilterServer server) throws Exception;
  }
}
