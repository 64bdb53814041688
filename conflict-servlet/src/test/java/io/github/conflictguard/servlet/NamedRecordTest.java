package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A write is guarded wherever it names its record and by whichever method it comes, as long as the
 * application would find them there.
 */
@Tag("container")
class NamedRecordTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String ANYWHERE =
      """
      {"rules": [{"name": "record", "key": "record/{id}", "tag": "counter", "required": true,
        "write": "/save?id={id:number}"}]}
      """;

  private final List<String> written = Collections.synchronizedList(new ArrayList<>());
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "/save?id=7      | name=x",
        "/save           | id=7&name=x",
        "/save?x=1       | name=x&id=007",
        "/save?id=7      | id=8",
        "/save?id=7&id=8 | id=9",
        "/save?%69d=%37  | -",
        "/save?id=1%25   | -",
      })
  void parameterWithoutPrefixIsFoundWhereTheApplicationFindsIt(String path, String body)
      throws Exception {
    start(ANYWHERE);
    int expected = path.contains("%25") ? 204 : 428;
    assertEquals(expected, post(path, body == null ? "" : body).statusCode());
    assertEquals(expected == 204, !written.isEmpty());
  }

  @Test
  void recordThatGetParameterNamesIsTheOneThatIsGuarded() throws Exception {
    start(
        """
        {"rules": [{"name": "record", "key": "record/{id}", "tag": "counter",
          "read": "/show?id={id}", "write": "POST /save?id={id}"}]}
        """);
    String seven = server.send("GET", "/show?id=7").headers().firstValue("ETag").orElseThrow();
    String eight = server.send("GET", "/show?id=8").headers().firstValue("ETag").orElseThrow();

    assertEquals(204, post("/save?id=7", "id=8", "If-Match", seven).statusCode());

    assertEquals(List.of("POST 7"), written);
    assertEquals(412, post("/save", "id=7", "If-Match", seven).statusCode());
    assertEquals(204, post("/save", "id=8", "If-Match", eight).statusCode());
  }

  @Test
  void prefixesRestrictAParameterToOnePlace() throws Exception {
    start(
        """
        {"rules": [
          {"name": "q", "tag": "counter", "required": true, "write": "/save?query.id={id}"},
          {"name": "f", "tag": "counter", "required": true, "write": "/save?form.key={id}"}]}
        """);
    assertEquals(428, post("/save?id=7", "").statusCode());
    assertEquals(204, post("/save", "id=7").statusCode());
    assertEquals(428, post("/save", "key=7").statusCode());
    assertEquals(204, post("/save?key=7", "").statusCode());
  }

  @Test
  void bodyOfAReadIsNoForm() throws Exception {
    start(
        """
        {"rules": [{"name": "r", "tag": "counter", "required": true, "write": "GET /save?id={id}"}]}
        """);
    assertEquals(204, server.sendBody("GET", "/save", "id=7", "Content-Type", FORM).statusCode());
    assertEquals(428, server.send("GET", "/save?id=7").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/save?id={id:number}", "/save?form.id={id:number}"})
  void formThatAFilterInFrontHasReadIsGuardedAndSaidOnce(String pattern) throws Exception {
    Filter locale =
        (request, response, chain) -> {
          request.setCharacterEncoding("UTF-8");
          request.getParameter("locale");
          chain.doFilter(request, response);
        };
    server.rules(ANYWHERE.replace("/save?id={id:number}", pattern)).filter(locale);
    deploy();

    assertEquals(428, post("/save", "id=7&name=J%C3%BCrgen").statusCode());
    assertEquals(204, post("/save?name=first", "name=J%C3%BCrgen").statusCode());
    assertEquals(428, post("/save?x=1", "x=2&id=7").statusCode());

    assertEquals(List.of("POST null first [first, Jürgen]"), written);
    assertEquals(1, findings().stream().filter(f -> f.contains("body-read-before-guard")).count());
  }

  @Test
  void formThatAFilterInFrontHasReadAsAStreamIsSaidToo() throws Exception {
    Filter signature =
        (request, response, chain) -> {
          request.getInputStream().readAllBytes();
          chain.doFilter(request, response);
        };
    server.rules(ANYWHERE).filter(signature);
    deploy();

    assertEquals(204, post("/save", "id=7").statusCode());
    assertTrue(findings().toString().contains("body-read-before-guard"), findings().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "POST,   /save,                '',             X-HTTP-Method-Override, DELETE",
    "POST,   /save,                '',             X-HTTP-Method,          delete",
    "POST,   /save,                '',             X-Method-Override,      ' DELETE '",
    "POST,   /save?_method=DELETE, '',             X,                      x",
    "POST,   /save?_method=delete, '',             X,                      x",
    "POST,   /save,                _method=DELETE, X,                      x",
    "DELETE, /save,                '',             X,                      x",
    "delete, /save,                '',             X,                      x",
    "HEAD,   /remove,              '',             X,                      x",
    "GET,    /remove,              '',             X,                      x",
    "get,    /remove,              '',             X,                      x",
    "POST,   /remove,              '',             X-HTTP-Method-Override, GET",
    "MOVE,   /dav,                 '',             X,                      x",
    "PROPPATCH, /dav,              '',             X,                      x",
    "PURGE,  /purge,               '',             X,                      x",
    "POST,   /purge,               '',             X-HTTP-Method-Override, PURGE",
  })
  void writeIsGuardedByWhicheverMethodTheApplicationMaySeeIt(
      String method, String path, String body, String header, String value) throws Exception {
    start(
        """
        {"rules": [
          {"name": "delete", "tag": "counter", "required": true, "write": "DELETE /save"},
          {"name": "link", "tag": "counter", "required": true, "write": "GET /remove"},
          {"name": "purge", "tag": "counter", "required": true, "write": "PURGE /purge"},
          {"name": "dav", "tag": "counter", "required": true, "write": "/dav"}]}
        """);
    assertEquals(
        428, server.sendBody(method, path, body, "Content-Type", FORM, header, value).statusCode());
    assertEquals(List.of(), written);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /save,              '',           X,                      x",
    "POST, /save?_method=PUT,  '',           X-HTTP-Method-Override, PATCH",
    "POST, /save,              _method=PUT,  X,                      x",
    "GET,  /save,              '',           X-HTTP-Method-Override, DELETE",
    "POST, /remove,            '',           X,                      x",
    "OPTIONS, /remove,         '',           X,                      x",
    "POST, /save,              '',           X-HTTP-Method-Override, OPTIONS",
  })
  void whatNoMethodMakesAWriteOfTheRulePasses(
      String method, String path, String body, String header, String value) throws Exception {
    start(
        """
        {"rules": [
          {"name": "delete", "tag": "counter", "required": true, "write": "DELETE /save"},
          {"name": "link", "tag": "counter", "required": true, "write": "GET /remove"}]}
        """);
    assertEquals(
        204, server.sendBody(method, path, body, "Content-Type", FORM, header, value).statusCode());
  }

  @ParameterizedTest
  @CsvSource({"X-HTTP-Method-Override, '', ''", "X, ?_method=PUT, ''", "X, '', _method=PUT"})
  void preconditionThatPathsRequireIsRequiredOfOverriddenMethodsToo(
      String header, String query, String body) throws Exception {
    server
        .filter(new ConflictFilter(), java.util.Map.of("requirePrecondition", "/api/*"))
        .handle("/*", this::write)
        .start();
    assertEquals(
        428,
        server
            .sendBody("POST", "/api/7" + query, body, "Content-Type", FORM, header, "PUT")
            .statusCode());
    assertEquals(204, post("/api/7", "x=1").statusCode());
  }

  private void start(String rules) throws Exception {
    server.rules(rules);
    deploy();
  }

  private void deploy() throws Exception {
    server.filter(new ConflictFilter()).handle("/*", this::write).start();
  }

  private void write(HttpServletRequest request, HttpServletResponse response) {
    boolean asked = request.getDispatcherType() == DispatcherType.INCLUDE;
    boolean shown =
        request.getServletPath().equals("/show") || "/show".equals(request.getPathInfo());
    if (!asked && !shown) {
      String[] names = request.getParameterValues("name");
      written.add(
          request.getMethod()
              + " "
              + request.getParameter("id")
              + (names == null
                  ? ""
                  : " " + request.getParameter("name") + " " + Arrays.toString(names)));
      response.setStatus(204);
    }
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = FORM;
    return server.sendBody("POST", path, body, all);
  }

  private static List<String> findings() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    List<String> found = new ArrayList<>();
    for (ObjectName name :
        beans.queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null)) {
      for (CompositeData each : (CompositeData[]) beans.getAttribute(name, "Findings")) {
        found.add(each.get("code").toString());
      }
    }
    return found;
  }
}
