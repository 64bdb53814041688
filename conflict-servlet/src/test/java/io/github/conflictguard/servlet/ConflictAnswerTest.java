package io.github.conflictguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.conflict.ClassifiedConflict;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What becomes of exceptions that leave the application. */
@Tag("container")
class ConflictAnswerTest {

  private static final SQLException DUPLICATE =
      new SQLException("Duplicate entry 'ada@example.org' for key PEOPLE", "23505");

  private final Watcher outside = new Watcher();
  private final Watcher inside = new Watcher();
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH"})
  void aConflictIsAnsweredWith409WhateverTheMethod(String method) throws Exception {
    start(
        (request, response) -> {
          throw DUPLICATE;
        });
    JsonNode problem = assertConflict("duplicate-key", server.send(method, "/x"));
    assertEquals("/app/x", problem.get("resource").asText());
    assertEquals("never", problem.get("retry").get("advice").asText());
  }

  /** A write is watched for swallowed conflicts, a read is not. */
  @Test
  void aThrownConflictOfAWriteIsClassifiedOnceAsThatOfARead() throws Exception {
    start(
        (request, response) -> {
          throw new Counted();
        });
    Counted.CLASSIFIED.set(0);
    assertConflict("stale-version", server.send("GET", "/x"));
    int once = Counted.CLASSIFIED.getAndSet(0);
    assertTrue(once > 0);
    assertConflict("stale-version", server.send("POST", "/x"));
    assertEquals(once, Counted.CLASSIFIED.get());
  }

  /** Counts how often its kind is read. */
  private static final class Counted extends RuntimeException implements ClassifiedConflict {

    static final AtomicInteger CLASSIFIED = new AtomicInteger();
    private static final long serialVersionUID = 1L;

    @Override
    public ConflictKind kind() {
      CLASSIFIED.incrementAndGet();
      return ConflictKind.STALE_VERSION;
    }
  }

  /** As Jersey does with exceptions that nothing maps. */
  @Test
  void conflictIsAnsweredAlthoughTheContainerWasToldOfAnErrorFirst() throws Exception {
    start(
        (request, response) -> {
          response.sendError(500, "Request failed.");
          throw new ServletException(DUPLICATE);
        });
    assertConflict("duplicate-key", server.send("POST", "/x"));
  }

  @Test
  void otherFailureAfterAnErrorStaysTheAnswerOfTheContainer() throws Exception {
    start(
        (request, response) -> {
          response.sendError(503, "Busy");
          throw new ServletException("no conflict");
        });
    assertTrue(server.send("POST", "/x").statusCode() >= 500);
  }

  @Test
  void aConflictIsFoundInsideWhateverWrapsIt() throws Exception {
    List<Throwable> wrapped =
        List.of(
            new ServletException(DUPLICATE),
            new ServletException("m", new IllegalStateException(new IOException(DUPLICATE))),
            new RuntimeException(new ConflictException(ConflictKind.DUPLICATE_KEY, "m")),
            new ConflictException(ConflictKind.DUPLICATE_KEY, DUPLICATE));
    AtomicReference<Throwable> next = new AtomicReference<>();
    start(
        (request, response) -> {
          throw next.get();
        });
    for (Throwable thrown : wrapped) {
      next.set(thrown);
      assertConflict("duplicate-key", server.send("POST", "/x"));
    }
  }

  @Test
  void whatIsNoConflictLeavesTheFilterAsTheSameInstance() throws Exception {
    List<Throwable> others =
        List.of(
            new SQLException("NULL not allowed", "23502"),
            new ServletException(new NullPointerException()),
            new IOException("broken pipe"),
            new IllegalStateException("Duplicate key 1"),
            new ServletException(new AssertionError(DUPLICATE)),
            new AssertionError(DUPLICATE));
    AtomicReference<Throwable> next = new AtomicReference<>();
    start(
        (request, response) -> {
          throw next.get();
        });
    for (Throwable thrown : others) {
      for (String method : new String[] {"GET", "PUT"}) {
        next.set(thrown);
        assertEquals(500, server.send(method, "/x").statusCode());
        assertNotNull(inside.seen);
        assertSame(inside.seen, outside.seen);
      }
    }
  }

  @Test
  void aCommittedResponseIsNotTouched() throws Exception {
    start(
        (request, response) -> {
          response.setContentType("text/plain");
          response.getOutputStream().print("half of it");
          response.flushBuffer();
          throw DUPLICATE;
        });
    for (String method : new String[] {"GET", "PUT"}) {
      String seen;
      try {
        seen = server.send(method, "/x").body();
      } catch (IOException e) {
        seen = "half of it"; // The container has broken the connection, as it would without us.
      }
      assertEquals("half of it", seen);
      assertNotNull(inside.seen);
      assertSame(inside.seen, outside.seen);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT"})
  void whatTheApplicationHadWrittenIsReplaced(String method) throws Exception {
    start(
        (request, response) -> {
          response.setStatus(201);
          response.setContentType("text/csv;charset=ISO-8859-1");
          response.setHeader("Content-Disposition", "attachment");
          response.setHeader("ETag", "\"application\"");
          response.getWriter().print("half of it");
          throw DUPLICATE;
        });
    HttpResponse<String> answer = server.send(method, "/x");
    assertConflict("duplicate-key", answer);
    assertTrue(answer.headers().firstValue("Content-Disposition").isEmpty());
    assertTrue(answer.headers().firstValue("ETag").isEmpty());
    assertFalse(answer.body().contains("half of it"));
  }

  @Test
  void headersOfOuterFiltersCookiesAndCorsHeadersStay() throws Exception {
    outside.headers = Map.of("X-Frame-Options", "DENY", "Vary", "Origin");
    start(
        (request, response) -> {
          response.addCookie(new Cookie("session", "1"));
          response.setHeader("Access-Control-Allow-Origin", "https://a.example");
          throw DUPLICATE;
        });
    HttpResponse<String> answer = server.send("PUT", "/x");
    assertConflict("duplicate-key", answer);
    assertEquals("DENY", answer.headers().firstValue("X-Frame-Options").orElse(""));
    assertTrue(answer.headers().firstValue("Set-Cookie").orElse("").startsWith("session=1"));
    assertEquals(
        "https://a.example", answer.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
    assertTrue(answer.headers().allValues("Vary").toString().contains("Origin"));
    assertTrue(answer.headers().allValues("Vary").toString().contains("Accept"));
  }

  /** The application has changed, taken away and added headers, in every way that there is. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT"})
  void headersOfOuterFiltersAreAsTheyWere(String method) throws Exception {
    outside.headers = Map.of("X-Frame-Options", "DENY", "Content-Language", "de", "X-Kept", "1");
    start(
        (request, response) -> {
          response.setHeader("x-frame-options", "SAMEORIGIN");
          response.addHeader("X-Frame-Options", "ALLOWALL");
          response.setLocale(Locale.FRENCH);
          response.setContentType("application/json");
          response.addIntHeader("X-Number", 1);
          response.setDateHeader("X-Date", 0);
          response.getOutputStream().print("{");
          if (request.getQueryString() != null) {
            response.reset();
            response.setHeader("X-Kept", "2");
          }
          throw new IllegalStateException(DUPLICATE);
        });

    for (String path : List.of("/x", "/x?reset")) {
      HttpResponse<String> answer = server.send(method, path);
      assertEquals(409, answer.statusCode());
      assertEquals(List.of("DENY"), answer.headers().allValues("X-Frame-Options"), path);
      assertEquals(List.of("de"), answer.headers().allValues("Content-Language"), path);
      assertEquals(List.of("1"), answer.headers().allValues("X-Kept"), path);
      for (String name : List.of("X-Number", "X-Date")) {
        assertEquals(path.equals("/x"), answer.headers().firstValue(name).isPresent(), name);
      }
      for (String name : List.of("ETag", "Last-Modified")) {
        assertTrue(answer.headers().firstValue(name).isEmpty(), name);
      }
    }
  }

  /** It was there from the first byte. */
  @Test
  void anEntityTagOfAKnownStateIsNotThatOfTheConflict() throws Exception {
    server.rules("{\"rules\": [{\"name\": \"x\", \"read\": \"/x\", \"tag\": \"counter\"}]}");
    start(
        (request, response) -> {
          response.getOutputStream().print("{");
          throw new IllegalStateException(DUPLICATE);
        });
    HttpResponse<String> answer = server.send("GET", "/x");
    assertEquals(409, answer.statusCode());
    assertTrue(answer.headers().firstValue("ETag").isEmpty());
  }

  @Test
  void aTransientConflictSaysWhenToComeBack() throws Exception {
    start(
        (request, response) -> {
          throw new SQLException("deadlock", "40001");
        });
    HttpResponse<String> answer = server.send("PUT", "/x");
    JsonNode problem = assertConflict("transient", answer);
    int after = problem.get("retry").get("after").asInt();
    assertTrue(after >= 1 && after <= 2);
    assertEquals("same-request", problem.get("retry").get("advice").asText());
    assertEquals(String.valueOf(after), answer.headers().firstValue("Retry-After").orElse("none"));
  }

  @Test
  void aStaleVersionIs409AloneAnd412WhenThePreconditionTurnsOutNotToHold() throws Exception {
    start(
        (request, response) -> {
          if (request.getMethod().equals("GET")) {
            response.setContentType("application/json");
            response.getWriter().print("{}");
          } else {
            throw new ConflictException(ConflictKind.STALE_VERSION, "m");
          }
        });
    assertConflict("stale-version", server.send("PUT", "/x"));
    HttpResponse<String> answer = server.send("PUT", "/x", "If-Match", "*");
    assertEquals(412, answer.statusCode());
    assertEquals("stale-version", new ObjectMapper().readTree(answer.body()).get("kind").asText());
  }

  @Test
  void aConflictOfAnAsynchronousDispatchIsAnsweredToo() throws Exception {
    start(
        (request, response) -> {
          if (request.getDispatcherType() == DispatcherType.ASYNC) {
            throw DUPLICATE;
          }
          request.startAsync().dispatch();
        });
    assertConflict("duplicate-key", server.send("PUT", "/x"));
    assertConflict("duplicate-key", server.send("GET", "/x"));
  }

  @Test
  void peopleGetAPage() throws Exception {
    start(
        (request, response) -> {
          throw DUPLICATE;
        });
    HttpResponse<String> answer =
        server.send("POST", "/x", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    assertEquals(409, answer.statusCode());
    assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html"));
    assertTrue(answer.body().contains("<h1>"));
    assertFalse(answer.body().contains("ada@example.org"));
  }

  @Test
  void thePageIsInTheLanguageOfItsReader() throws Exception {
    start(
        (request, response) -> {
          throw DUPLICATE;
        });
    HttpResponse<String> german =
        server.send(
            "POST", "/x", "Accept", "text/html", "Accept-Language", "fr, de-AT;q=0.8, en;q=0.5");
    assertEquals("de", german.headers().firstValue("Content-Language").orElse(""));
    assertTrue(german.headers().allValues("Vary").toString().contains("Accept-Language"));
    assertTrue(german.body().contains("<html lang=\"de\">"));
    assertTrue(german.body().contains("<h1>Einen Datensatz mit diesem Wert gibt es schon</h1>"));
    assertTrue(german.body().contains("Wählen Sie einen anderen Wert"));
    HttpResponse<String> other = server.send("POST", "/x", "Accept", "text/html");
    assertTrue(other.body().contains("<html lang=\"en\">"));
  }

  @Test
  void thePageAllowsNothingButItsOwnStyleSheet() throws Exception {
    outside.headers =
        Map.of(
            "Content-Security-Policy",
            "default-src 'self'; script-src 'nonce-1'; frame-ancestors 'none', form-action 'self'");
    start(
        (request, response) -> {
          throw DUPLICATE;
        });
    HttpResponse<String> answer = server.send("POST", "/x", "Accept", "text/html");
    String style = answer.body().split("</?style>")[1];
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8));
    assertEquals(
        List.of(
            "default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(hash)
                + "'; base-uri 'none', frame-ancestors 'none', form-action 'self'"),
        answer.headers().allValues("Content-Security-Policy"));
    assertFalse(
        Pattern.compile("<script|<link|<img|[\\s\"]on[a-z]+=|style=|url\\(|@import")
            .matcher(answer.body())
            .find());
    assertEquals(
        "default-src 'self'; script-src 'nonce-1'; frame-ancestors 'none', form-action 'self'",
        server.send("POST", "/x").headers().firstValue("Content-Security-Policy").orElse(""));
  }

  @Test
  void thePageSendsFormsNowhereElseAndIsFramedByNobodyElse() throws Exception {
    start(
        (request, response) -> {
          throw DUPLICATE;
        });
    assertTrue(policy().endsWith("; form-action 'self'; frame-ancestors 'self'"), policy());
  }

  @Test
  void thePageIsFramedByNobodyWhereTheApplicationDeniesFrames() throws Exception {
    outside.headers = Map.of("X-Frame-Options", "DENY");
    start(
        (request, response) -> {
          throw DUPLICATE;
        });
    assertTrue(policy().endsWith("; form-action 'self'; frame-ancestors 'none'"), policy());
  }

  private String policy() throws Exception {
    return server
        .send("POST", "/x", "Accept", "text/html")
        .headers()
        .firstValue("Content-Security-Policy")
        .orElse("");
  }

  @Test
  void partialRequestsOfJsfGetAMessageThatTheirScriptsShow() throws Exception {
    start(
        (request, response) -> {
          throw DUPLICATE;
        });
    HttpResponse<String> answer =
        server.send(
            "POST",
            "/x",
            "Faces-Request",
            "partial/ajax",
            "Accept",
            "text/html, */*",
            "Accept-Language",
            "de");
    assertEquals(200, answer.statusCode());
    assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith("text/xml"));
    Element response =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(answer.body())))
            .getDocumentElement();
    assertEquals("partial-response", response.getTagName());
    assertEquals("changes", response.getFirstChild().getNodeName());
    assertEquals("eval", response.getFirstChild().getFirstChild().getNodeName());
    String script = response.getTextContent();
    assertTrue(
        script.startsWith("alert(\"Einen Datensatz mit diesem Wert gibt es schon\\u000a"), script);
    assertTrue(script.contains("geh\\u00f6rt"), script);
  }

  private void start(Handler handler) throws Exception {
    server.filter(outside).filter(new ConflictFilter()).filter(inside).handle("/x", handler);
    server.start();
  }

  private static JsonNode assertConflict(String kind, HttpResponse<String> answer)
      throws Exception {
    assertEquals(409, answer.statusCode(), answer.body());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    assertFalse(answer.body().contains("ada@example.org") || answer.body().contains("PEOPLE"));
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    assertEquals(kind, problem.get("kind").asText());
    return problem;
  }

  /** A filter on one side of ours: sets headers and notes what passes it. */
  private static final class Watcher implements Filter {

    private Map<String, String> headers = Map.of();
    private volatile Throwable seen;

    @Override
    public void init(FilterConfig config) {
      // Nothing to set.
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      headers.forEach(((HttpServletResponse) response)::setHeader);
      if (request.getDispatcherType() == DispatcherType.REQUEST) {
        seen = null;
      }
      try {
        chain.doFilter(request, response);
      } catch (Throwable e) {
        seen = e;
        throw e;
      }
    }

    @Override
    public void destroy() {
      // Nothing to give back.
    }
  }
}
