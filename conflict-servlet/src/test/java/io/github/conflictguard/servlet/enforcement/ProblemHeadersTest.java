package io.github.conflictguard.servlet.enforcement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What client libraries find in the headers of a refusal, without reading its body. */
@Tag("container")
class ProblemHeadersTest {

  private static final String STALE = "\"0123\"";

  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "40001, 409, true", // transient
    "23505, 409, false", // duplicate-key
    "23503, 409, false", // still-referenced
  })
  void shouldRetryIsTrueWhereTheSameRequestMaySucceed(String state, int status, String expected)
      throws Exception {
    server
        .filter(new ConflictFilter())
        .handle(
            "/x/*",
            (request, response) -> {
              response.setHeader("x-should-retry", "of the application");
              throw new IllegalStateException(new SQLException("m", state));
            })
        .start();
    HttpResponse<String> conflict = server.send("POST", "/x/1");
    assertEquals(status, conflict.statusCode());
    assertEquals(List.of(expected), conflict.headers().allValues("x-should-retry"));
    assertEquals(
        Boolean.valueOf(expected), conflict.headers().firstValue("Retry-After").isPresent());
    assertEquals(List.of(), conflict.headers().allValues("Link"));
  }

  @Test
  void pageForAUserHasTheHeadersAsWell() throws Exception {
    start("");
    HttpResponse<String> page =
        server.send("PUT", "/api/orders/7", "If-Match", STALE, "Accept", "text/html");
    assertEquals(412, page.statusCode());
    assertTrue(page.headers().firstValue("Content-Type").get().startsWith("text/html"));
    assertEquals(List.of("false"), page.headers().allValues("x-should-retry"));
    assertEquals(
        List.of("</app/api/orders/7>; rel=\"latest-version\""), page.headers().allValues("Link"));
  }

  /** Where it was written, and where a rule makes another address the one that is read. */
  @ParameterizedTest
  @CsvSource({
    "PUT, /api/orders/7, /api/orders/7",
    "POST, /api/orders/7/ship, /api/orders/7",
    "POST, /ship?id=7, /api/orders/7",
    "POST, /ship?id=a%20b, /api/orders/a%20b",
    "PUT, /api/orders/%C3%A4, /api/orders/%C3%A4",
    "PUT, '/api/orders/7;jsessionid=ABC', /api/orders/7",
  })
  void latestVersionIsWhereTheRuleReads(String method, String path, String address)
      throws Exception {
    start("");
    HttpResponse<String> refused = server.send(method, path, "If-Match", STALE);
    assertEquals(412, refused.statusCode());
    assertEquals(
        List.of("</app" + address + ">; rel=\"latest-version\""),
        refused.headers().allValues("Link"));
  }

  @Test
  void missingPreconditionAndConflictLinkToTheResourceAsWell() throws Exception {
    start(", \"required\": true");
    for (HttpResponse<String> refused :
        List.of(
            server.send("PUT", "/api/orders/7"),
            server.send("PUT", "/api/orders/7", "If-None-Match", "*"))) {
      assertTrue(List.of(412, 428).contains(refused.statusCode()), refused.toString());
      assertEquals(
          List.of("</app/api/orders/7>; rel=\"latest-version\""),
          refused.headers().allValues("Link"));
    }
  }

  /** It would be an address that the filter has guessed. */
  @Test
  void writeWithoutARuleHasNoLink() throws Exception {
    start("");
    HttpResponse<String> refused = server.send("PUT", "/free/7", "If-Match", STALE);
    assertEquals(412, refused.statusCode());
    assertEquals(List.of(), refused.headers().allValues("Link"));
  }

  @Test
  void linksOfFiltersInFrontRemain() throws Exception {
    server.filter(
        (request, response, chain) -> {
          ((jakarta.servlet.http.HttpServletResponse) response)
              .addHeader("Link", "</terms>; rel=\"license\"");
          chain.doFilter(request, response);
        });
    start("");
    HttpResponse<String> refused = server.send("PUT", "/api/orders/7", "If-Match", STALE);
    assertEquals(
        List.of("</terms>; rel=\"license\"", "</app/api/orders/7>; rel=\"latest-version\""),
        refused.headers().allValues("Link"));
  }

  /** The tag of an internal GET is shown to those alone whom the application has shown it. */
  @Test
  void currentTagIsAHeaderForClientsThatHaveReadTheResource() throws Exception {
    server.filter(
        (request, response, chain) -> {
          var http = (jakarta.servlet.http.HttpServletRequest) request;
          if (http.getMethod().equals("GET") && http.getHeader("Authorization") == null) {
            ((jakarta.servlet.http.HttpServletResponse) response).sendError(403);
          } else {
            chain.doFilter(request, response);
          }
        });
    start("");
    String tag =
        server
            .send("GET", "/api/orders/7", "Authorization", "a")
            .headers()
            .firstValue("ETag")
            .get();
    HttpResponse<String> reader =
        server.send("PUT", "/api/orders/7", "Authorization", "a", "If-Match", STALE);
    assertEquals(List.of(tag), reader.headers().allValues("ETag"));
    assertEquals(403, server.send("GET", "/api/orders/7").statusCode());
    HttpResponse<String> stranger = server.send("PUT", "/api/orders/7", "If-Match", STALE);
    assertEquals(List.of(), stranger.headers().allValues("ETag"), stranger.toString());
  }

  private void start(String more) throws Exception {
    server
        .filter(new ConflictFilter(), Map.of())
        .rules(
            "{\"rules\": [{\"name\": \"orders\", \"key\": \"order/{id}\","
                + " \"read\": \"/api/orders/{id}\","
                + " \"write\": [\"/api/orders/{id}\", \"POST /api/orders/{id}/ship\","
                + " \"POST /ship?id={id}\"]"
                + more
                + "}]}");
    for (String pattern : new String[] {"/api/orders/*", "/ship", "/free/*"}) {
      server.handle(
          pattern,
          (request, response) -> {
            if (request.getMethod().equals("GET")) {
              response.setContentType("application/json");
              response.getWriter().print("{}");
            }
          });
    }
    server.start();
  }
}
