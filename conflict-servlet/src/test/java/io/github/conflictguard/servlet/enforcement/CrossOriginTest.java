package io.github.conflictguard.servlet.enforcement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A script of another origin gets to read what the filter answers, where it may read the rest. */
@Tag("container")
class CrossOriginTest {

  private static final String SHOP = "https://shop.example";
  private static final String OTHER = "https://evil.example";

  private final FilterServer server = new FilterServer();

  /** Where the application decides which origins may read. */
  enum Place {
    FILTER_IN_FRONT,
    FILTER_BEHIND,
    HANDLER
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyAnswerOfTheFilterCarriesWhatTheApplicationGaveThatOrigin(Place place) throws Exception {
    start(place, Map.of("requirePrecondition", "/strict/*"));
    String tag = server.send("GET", "/x/1", "Origin", SHOP).headers().firstValue("ETag").get();
    server.send("GET", "/strict/1", "Origin", SHOP);
    assertShared(304, server.send("GET", "/x/1", "Origin", SHOP, "If-None-Match", tag));
    assertShared(
        412, server.send("PUT", "/x/1", "Origin", SHOP, "If-Match", "\"" + "0".repeat(32) + "\""));
    assertShared(412, server.send("PUT", "/x/1", "Origin", SHOP, "If-None-Match", "*"));
    assertShared(400, server.send("PUT", "/x/1", "Origin", SHOP, "If-Match", "nothing"));
    assertShared(428, server.send("PUT", "/strict/2", "Origin", SHOP));
    assertShared(409, server.send("POST", "/x/1", "Origin", SHOP));
  }

  /** Nothing was read before: the filter's own GET tells. */
  @ParameterizedTest
  @EnumSource(names = {"FILTER_IN_FRONT", "HANDLER"})
  void aRefusalWithoutAReadBeforeCarriesItAsWell(Place place) throws Exception {
    start(place, Map.of());
    assertShared(
        412, server.send("PUT", "/x/1", "Origin", SHOP, "If-Match", "\"" + "0".repeat(32) + "\""));
  }

  @ParameterizedTest
  @EnumSource
  void anOriginThatTheApplicationHasNotNamedGetsNothing(Place place) throws Exception {
    start(place, Map.of("requirePrecondition", "/strict/*"));
    server.send("GET", "/x/1", "Origin", SHOP);
    server.send("GET", "/strict/1", "Origin", SHOP);
    server.send("GET", "/x/1", "Origin", OTHER);
    for (HttpResponse<String> answer :
        List.of(
            server.send("PUT", "/x/1", "Origin", OTHER, "If-None-Match", "*"),
            server.send("PUT", "/x/1", "If-None-Match", "*"),
            server.send("PUT", "/strict/1", "Origin", OTHER))) {
      assertTrue(
          answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty(), answer.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"handler", "filter behind"})
  void headersOfTheApplicationStayWhenItsAnswerIsReplaced(String place) throws Exception {
    server
        .filter(new ConflictFilter())
        .filter(
            (request, response, chain) -> {
              if (place.equals("filter behind")) {
                headers((HttpServletResponse) response);
              }
              chain.doFilter(request, response);
            })
        .handle(
            "/x",
            (request, response) -> {
              if (place.equals("handler")) {
                headers(response);
              }
              response.setContentType("text/csv");
              response.setHeader("Content-Disposition", "attachment");
              response.setHeader("ETag", "\"of the other body\"");
              response.setHeader("Location", "/elsewhere");
              response.getWriter().print("a;b");
              throw new IllegalStateException(new SQLException("m", "23505"));
            })
        .start();
    HttpResponse<String> conflict = server.send("POST", "/x");
    assertEquals(409, conflict.statusCode());
    for (String name :
        new String[] {
          "Strict-Transport-Security",
          "X-Request-Id",
          "traceparent",
          "X-Frame-Options",
          "Content-Security-Policy",
          "Server-Timing"
        }) {
      assertEquals("v", conflict.headers().firstValue(name).orElse(""), name);
    }
    for (String name : new String[] {"Content-Disposition", "ETag", "Location"}) {
      assertTrue(conflict.headers().firstValue(name).isEmpty(), name);
    }
    assertEquals(
        "application/problem+json", conflict.headers().firstValue("Content-Type").orElse(""));
    assertEquals(List.of("a=1"), conflict.headers().allValues("Set-Cookie"));
  }

  private static void headers(HttpServletResponse response) {
    for (String name :
        new String[] {
          "Strict-Transport-Security",
          "X-Request-Id",
          "traceparent",
          "X-Frame-Options",
          "Content-Security-Policy",
          "Server-Timing"
        }) {
      response.setHeader(name, "v");
    }
    response.addHeader("Set-Cookie", "a=1");
  }

  /** A preflight is none of the filter's business. */
  @Test
  void preflightsPass() throws Exception {
    start(Place.HANDLER, Map.of("requirePrecondition", "/*"));
    HttpResponse<String> preflight = server.send("OPTIONS", "/x/1", "Origin", SHOP);
    assertEquals(204, preflight.statusCode());
  }

  private void start(Place place, Map<String, String> settings) throws Exception {
    Filter allowing =
        (request, response, chain) -> {
          allow((HttpServletRequest) request, (HttpServletResponse) response);
          chain.doFilter(request, response);
        };
    if (place == Place.FILTER_IN_FRONT) {
      server.filter(allowing);
    }
    server.filter(new ConflictFilter(), settings);
    if (place == Place.FILTER_BEHIND) {
      server.filter(allowing);
    }
    for (String pattern : new String[] {"/x/*", "/strict/*"}) {
      server.handle(
          pattern,
          (request, response) -> {
            if (place == Place.HANDLER) {
              allow(request, response);
            }
            answer(request, response);
          });
    }
    server.start();
  }

  private static void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getMethod()) {
      case "GET" -> {
        response.setContentType("application/json");
        response.getWriter().print("{}");
      }
      case "POST" -> throw new IllegalStateException(new SQLException("m", "23505"));
      default -> response.setStatus(204);
    }
  }

  private static void allow(HttpServletRequest request, HttpServletResponse response) {
    if (SHOP.equals(request.getHeader("Origin"))) {
      response.setHeader("Access-Control-Allow-Origin", SHOP);
      response.setHeader("Access-Control-Allow-Credentials", "true");
      response.setHeader("Access-Control-Expose-Headers", "ETag");
      response.addHeader("Vary", "Origin");
    }
  }

  private static void assertShared(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode());
    assertEquals(
        List.of(SHOP), answer.headers().allValues("Access-Control-Allow-Origin"), "" + status);
    assertEquals(List.of("true"), answer.headers().allValues("Access-Control-Allow-Credentials"));
    assertEquals(List.of("ETag"), answer.headers().allValues("Access-Control-Expose-Headers"));
    assertTrue(answer.headers().allValues("Vary").toString().contains("Origin"));
  }
}
