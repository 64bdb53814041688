package io.github.conflictguard.servlet.enforcement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which headers scripts of other origins may read, and the finding where ETag is not among them.
 */
@Tag("container")
class ExposedHeadersTest {

  private static final String SHOP = "https://shop.example";
  private static final String OURS = "ETag, Retry-After, Link, Idempotent-Replayed, x-should-retry";

  private final FilterServer server = new FilterServer();
  private final Map<String, String> settings = new HashMap<>();
  private final List<String> exposed = new ArrayList<>();
  private boolean allowed = true;

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** Where the application sets its headers. */
  enum Place {
    FILTER_IN_FRONT,
    FILTER_BEHIND,
    HANDLER
  }

  @ParameterizedTest
  @EnumSource
  void oursAreAppendedToTheListOfTheApplicationOnEveryResponse(Place place) throws Exception {
    settings.put("exposeHeaders", "true");
    exposed.add("X-Total");
    start(place);
    HttpResponse<String> read = server.send("GET", "/x/1", "Origin", SHOP);
    String tag = read.headers().firstValue("ETag").get();
    server.send("GET", "/strict/1", "Origin", SHOP);
    Map<Integer, HttpResponse<String>> responses = new HashMap<>();
    responses.put(200, read);
    responses.put(304, server.send("GET", "/x/1", "Origin", SHOP, "If-None-Match", tag));
    responses.put(204, server.send("PUT", "/x/1", "Origin", SHOP, "If-Match", tag));
    responses.put(409, server.send("POST", "/x/1", "Origin", SHOP));
    responses.put(412, server.send("PUT", "/x/1", "Origin", SHOP, "If-Match", "\"0\""));
    responses.put(428, server.send("PUT", "/strict/1", "Origin", SHOP));
    responses.forEach(
        (status, response) -> {
          assertEquals(status, response.statusCode());
          assertEquals(
              List.of("X-Total, " + OURS),
              response.headers().allValues("Access-Control-Expose-Headers"),
              status.toString());
        });
    assertEquals(0, countOfFindings());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void asynchronousResponsesHaveThemAsWell(boolean withItsResponse) throws Exception {
    settings.put("exposeHeaders", "true");
    exposed.add("X-Total");
    server.handle(
        "/async",
        (request, response) -> {
          if (request.getDispatcherType() == DispatcherType.REQUEST) {
            (withItsResponse ? request.startAsync(request, response) : request.startAsync())
                .dispatch();
          } else {
            allow(response);
            response.setContentType("application/json");
            response.getWriter().print("{}");
          }
        });
    start(Place.HANDLER);
    HttpResponse<String> read = server.send("GET", "/async", "Origin", SHOP);
    assertEquals("{}", read.body());
    assertEquals(
        List.of("X-Total, " + OURS), read.headers().allValues("Access-Control-Expose-Headers"));
  }

  @Test
  void namesThatAreListedAlreadyAreNotRepeated() throws Exception {
    settings.put("exposeHeaders", "true");
    exposed.addAll(List.of("etag, Location", "LINK"));
    start(Place.HANDLER);
    assertEquals(
        List.of("etag, Location, Retry-After, Link, Idempotent-Replayed, x-should-retry, LINK"),
        server
            .send("GET", "/x/1", "Origin", SHOP)
            .headers()
            .allValues("Access-Control-Expose-Headers"));
  }

  /** The filter allows nothing that the application has not allowed. */
  @ParameterizedTest
  @CsvSource({"true, true, false", "true, false, true", "false, true, true"})
  void noListIsInventedAndNoneIsChangedWithoutTheSetting(
      boolean allows, boolean lists, boolean withSetting) throws Exception {
    settings.put("exposeHeaders", Boolean.toString(withSetting));
    allowed = allows;
    if (lists) {
      exposed.add("X-Total");
    }
    start(Place.HANDLER);
    HttpResponse<String> read = server.send("GET", "/x/1", "Origin", SHOP);
    assertEquals(
        lists ? List.of(withSetting ? "X-Total, " + OURS : "X-Total") : List.of(),
        read.headers().allValues("Access-Control-Expose-Headers"));
    assertEquals(
        allows ? List.of(SHOP) : List.of(),
        read.headers().allValues("Access-Control-Allow-Origin"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"observe", "off"})
  void responsesOfOtherModesAreNotChanged(String mode) throws Exception {
    settings.put("exposeHeaders", "true");
    settings.put("mode", mode);
    exposed.add("X-Total");
    start(Place.HANDLER);
    assertEquals(
        List.of("X-Total"),
        server
            .send("GET", "/x/1", "Origin", SHOP)
            .headers()
            .allValues("Access-Control-Expose-Headers"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /x/1, '', 200, 1",
    "GET, /x/1, X-Total, 200, 1",
    "GET, /x/1, 'X-Total, etag', 200, 0",
    "GET, /x/1, *, 200, 0",
    "GET, /own304, X-Total, 304, 1",
    "POST, /x/1, X-Total, 409, 1",
    "POST, /x/1, ETag, 409, 0",
    "GET, /untagged, X-Total, 200, 0",
    "OPTIONS, /x/1, X-Total, 200, 0",
  })
  void hiddenTagIsAFinding(String method, String path, String list, int status, int findings)
      throws Exception {
    if (!list.isEmpty()) {
      exposed.add(list);
    }
    start(Place.HANDLER);
    assertEquals(status, server.send(method, path, "Origin", SHOP).statusCode());
    server.awaitIdle();
    assertEquals(findings, countOfFindings());
  }

  @ParameterizedTest
  @ValueSource(strings = {"412", "428"})
  void hiddenTagOfARefusalIsAFinding(String status) throws Exception {
    exposed.add("X-Total");
    start(Place.FILTER_IN_FRONT);
    HttpResponse<String> refused =
        status.equals("412")
            ? server.send("PUT", "/x/1", "Origin", SHOP, "If-Match", "\"0\"")
            : server.send("PUT", "/strict/1", "Origin", SHOP);
    assertEquals(Integer.parseInt(status), refused.statusCode());
    server.awaitIdle();
    assertEquals(1, countOfFindings());
  }

  @Test
  void requestsOfTheSameOriginAndOfOthersThatAreNotAllowedAreNone() throws Exception {
    start(Place.HANDLER);
    String own = "http://127.0.0.1:" + server.port();
    assertEquals(200, server.send("GET", "/anyone/1", "Origin", own).statusCode());
    server.send("GET", "/x/1", "Origin", "https://evil.example");
    server.send("GET", "/x/1");
    server.awaitIdle();
    assertEquals(0, countOfFindings());
  }

  private void start(Place place) throws Exception {
    settings.put("requirePrecondition", "/strict/*");
    Filter allowing =
        (request, response, chain) -> {
          allow((HttpServletResponse) response);
          chain.doFilter(request, response);
        };
    if (place == Place.FILTER_IN_FRONT) {
      server.filter(allowing);
    }
    server.filter(new ConflictFilter(), settings);
    if (place == Place.FILTER_BEHIND) {
      server.filter(allowing);
    }
    for (String pattern : new String[] {"/anyone/*", "/x/*", "/strict/*", "/untagged", "/own304"}) {
      server.handle(
          pattern,
          (request, response) -> {
            if (pattern.equals("/anyone/*")) {
              response.setHeader("Access-Control-Allow-Origin", "*");
            } else if (place == Place.HANDLER) {
              allow(response);
            }
            if (pattern.equals("/untagged")) {
              response.setContentType("text/html");
              response.getWriter().print("<p>");
            } else if (pattern.equals("/own304")) {
              response.setHeader("ETag", "\"of the application\"");
              response.setStatus(304);
            } else if (request.getMethod().equals("GET")) {
              response.setContentType("application/json");
              response.getWriter().print("{}");
            } else if (request.getMethod().equals("POST")) {
              throw new IllegalStateException(new SQLException("m", "23505"));
            } else if (request.getMethod().equals("PUT")) {
              response.setStatus(204);
            }
          });
    }
    server.start();
  }

  private void allow(HttpServletResponse response) {
    if (allowed) {
      response.setHeader("Access-Control-Allow-Origin", SHOP);
    }
    exposed.forEach(list -> response.addHeader("Access-Control-Expose-Headers", list));
  }

  private static long countOfFindings() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    long found = 0;
    for (ObjectName name :
        beans.queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null)) {
      for (CompositeData each : (CompositeData[]) beans.getAttribute(name, "Findings")) {
        if (each.get("code").equals("cors-hides-tag")) {
          found++;
        }
      }
    }
    return found;
  }
}
