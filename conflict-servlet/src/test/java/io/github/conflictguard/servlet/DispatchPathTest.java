package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An internal GET goes where the rule, or the container, has sent the request; nowhere else. */
@Tag("container")
class DispatchPathTest {

  private static final String RULES =
      """
      {"rules": [
        {"name": "page", "key": "page/{name}", "read": "/page/{name}",
         "write": "POST /save?form.name={name}"},
        {"name": "form", "key": "form/{name}", "read": "/page/{name}.html", "tag": "form",
         "allowInternalGet": true, "write": "POST /form?form.name={name}"},
        {"name": "dot", "key": "dot/{name}", "read": "/page/.{name}/x",
         "write": "POST /dot?form.name={name}"},
        {"name": "query", "key": "query/{name}", "read": "/view?name={name}",
         "write": "POST /query?form.name={name}"},
        {"name": "root", "key": "root/{name}", "read": "/{name}/web.xml",
         "write": "POST /root?form.name={name}"}
      ]}
      """;

  private final FilterServer server = new FilterServer();
  private final List<String> reads = new CopyOnWriteArrayList<>();
  private final AtomicInteger denied = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..%2Fadm%2Fdelete",
        "..%5Cadm%5Cdelete",
        "..",
        ".",
        "%252e%252e%252Fadm%252Fdelete",
        "%252E%252e",
        "..%252Fadm%252Fdelete",
        "..%25252Fadm%25252Fdelete",
        "a%2Fb",
        "a%5Cb",
        "a%255cb",
        "x%3Bv=1",
        "%3B%2F..%2Fadm%2Fdelete",
        "..%3B%2Fadm%2Fdelete",
        "a%00",
        "a%0D%0AX: y",
        "a%7F",
        "a%C2%85",
        "%2F%2Fadm%2Fdelete",
        "%2Fadm%2Fdelete",
      })
  void aValueThatLeavesItsSegmentIsNeverDispatched(String value) throws Exception {
    start();
    for (String address : List.of("/save", "/form")) {
      assertEquals(412, post(address, value, "If-Match: *"), value);
      assertEquals(412, post(address, value, "If-None-Match: *"), value);
    }
    assertEquals(List.of(), reads);
    assertEquals(0, denied.get());
    assertEquals(0, writes.get());
  }

  @Test
  void aValueThatMakesADotSegmentWithItsNeighboursIsNeverDispatched() throws Exception {
    start();
    assertEquals(412, post("/dot", ".", "If-Match: *"));
    assertEquals(List.of(), reads);
    assertEquals(204, post("/dot", "a", "If-Match: *"));
    assertEquals(List.of("/page /.a/x null"), reads);
  }

  /** Only dispatchers reach what is in there. */
  @ParameterizedTest
  @ValueSource(strings = {"WEB-INF", "web-inf", "META-INF"})
  void aValueCannotNameThePrivateFoldersOfTheApplication(String value) throws Exception {
    server.file("WEB-INF/web.xml", "<web-app/>");
    start();
    assertEquals(412, post("/root", value, "If-Match: *"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ada", "a b", "a+b", "%C3%A4%E2%82%AC", "...", "a.b", "~x", "a:b"})
  void anOrdinaryValueIsOneSegment(String value) throws Exception {
    start();
    assertEquals(204, post("/save", value.replace("+", "%2B"), "If-Match: *"));
    assertEquals(1, reads.size());
    assertTrue(reads.get(0).startsWith("/page /"), reads.toString());
    String expected =
        java.net.URLDecoder.decode(
            value.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    assertEquals("/page /" + expected + " null", reads.get(0));
  }

  /** In a query a value stays what it is, but control characters have no place there either. */
  @Test
  void aValueInAQueryMayHaveSlashes() throws Exception {
    start();
    assertEquals(204, post("/query", "..%2Fa%26b%3Bc", "If-Match: *"));
    assertEquals(List.of("/view null ../a&b;c"), reads);
    assertEquals(412, post("/query", "a%00b", "If-Match: *"));
    assertEquals(412, post("/query", "a%0Ab", "If-Match: *"));
    assertEquals(1, reads.size());
  }

  /** However it was written: the servlet that gets the write is the one that gets the GET. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page/a",
        "/page/a;v=1",
        "/page;v=1/a",
        "/page/a;jsessionid=x",
        "/page/%61",
        "/page/./a",
        "/page/b/../a",
        "//page/a",
        "/page//a",
        "/page/a;x=..",
        "/page/a;x=%2F..%2F..%2Fadm%2Fdelete",
        "/page/a;/../../adm/delete",
        "/page/..;/adm/delete",
        "/page/a%2F..%2F..%2Fadm%2Fdelete",
        "/page/..%2Fadm%2Fdelete",
        "/page/%2e%2e/adm/delete",
        "/page/%252e%252e%252fadm%252fdelete",
        "/page/..%5Cadm%5Cdelete",
        "/page/a%5C..%5C..%5Cadm%5Cdelete",
        "/page/a%00",
      })
  void theDefaultInternalGetGoesWhereTheContainerHasSentTheWrite(String path) throws Exception {
    start();
    String status;
    try (RawClient client = new RawClient(server.port())) {
      RawAnswer answer =
          client
              .ask("PUT", path, "HTTP/1.1", "If-Match: *", "Content-Length: 0", "Connection: close")
              .answer("PUT");
      status = answer.statusLine();
    }
    if (status.contains(" 204")) {
      assertEquals(1, reads.size(), status + reads);
      assertEquals("/page /a null", reads.get(0).replace("//", "/"));
    } else {
      assertEquals(List.of(), reads, status);
    }
    assertEquals(0, denied.get());
  }

  private void start() throws Exception {
    server
        .rules(RULES)
        .filter(
            (request, response, chain) -> {
              jakarta.servlet.http.HttpServletRequest http =
                  (jakarta.servlet.http.HttpServletRequest) request;
              boolean asked = request.getDispatcherType() == jakarta.servlet.DispatcherType.REQUEST;
              if (asked && http.getServletPath().equals("/adm")) {
                ((HttpServletResponse) response).sendError(403);
              } else {
                chain.doFilter(request, response);
              }
            })
        .filter(new ConflictFilter())
        .handle(
            "/adm/*",
            (request, response) -> {
              denied.incrementAndGet();
              json(response);
            })
        .handle("/page/*", (request, response) -> serve(request, response))
        .handle("/view", (request, response) -> serve(request, response));
    for (String write : List.of("/save", "/form", "/dot", "/query", "/root")) {
      server.handle(
          write,
          (request, response) -> {
            writes.incrementAndGet();
            response.setStatus(204);
          });
    }
    server.start();
  }

  private void serve(jakarta.servlet.http.HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getMethod().equals("GET")) {
      String path = request.getServletPath();
      String info = request.getPathInfo();
      Object included = request.getAttribute("jakarta.servlet.include.servlet_path");
      if (included != null) {
        path = included.toString();
        info = (String) request.getAttribute("jakarta.servlet.include.path_info");
      }
      reads.add(path + " " + info + " " + request.getParameter("name"));
      json(response);
    } else {
      response.setStatus(204);
    }
  }

  private static void json(HttpServletResponse response) throws IOException {
    response.setContentType("application/json");
    response.getWriter().print("{}");
  }

  private int post(String address, String value, String header) throws Exception {
    String[] parts = header.split(": ");
    return server
        .sendBody(
            "POST",
            address,
            "name=" + value,
            parts[0],
            parts[1],
            "Content-Type",
            "application/x-www-form-urlencoded;charset=UTF-8")
        .statusCode();
  }
}
