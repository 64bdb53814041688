package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.precondition.StateResolver;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules bring together the addresses that read a record and those that write it. */
@Tag("container")
class RulesTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final Map<String, String> names = new ConcurrentHashMap<>(Map.of("7", "Ada"));
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter", "body"})
  void aFieldOfTheFormNamesTheRecordThatAnotherAddressReads(String source) throws Exception {
    start(
        """
        {"rules": [{"name": "customer", "tag": "%s", "key": "customer/{id}", "required": true,
          "read": "/edit?id={id:number}", "write": "POST /save?form.id={id:number}"}]}
        """
            .formatted(source));
    String tag = tag("/edit?id=7");
    assertEquals(428, save("id=7&name=x").statusCode());
    assertEquals(412, save("id=07&name=x", "If-Match", "\"x\"").statusCode());
    assertEquals(204, save("name=Grace&id=007", "If-Match", tag).statusCode());
    assertEquals("Grace", names.get("7"));
    assertEquals(412, save("id=7&name=x", "If-Match", tag).statusCode());
    assertEquals(204, save("name=New").statusCode(), "a form without the field is another one");
    assertNotEquals(tag, tag("/edit?id=7"));
  }

  @Test
  void theApplicationsEncodingFilterDecidesAfterTheFormWasRead() throws Exception {
    Filter encoding =
        (request, response, chain) -> {
          request.setCharacterEncoding("ISO-8859-1");
          chain.doFilter(request, response);
        };
    server.rules(
        """
        {"rules": [{"name": "c", "tag": "counter", "write": "/save?form.id={id}"}]}
        """);
    deploy(Map.of(), encoding);
    assertEquals(204, save("id=7&name=J%FCrgen+%26+Co").statusCode());
    assertEquals("Jürgen & Co", names.get("7"));
  }

  @Test
  void theApplicationMayReadTheFormAsAStream() throws Exception {
    server
        .rules("{\"rules\": [{\"name\": \"c\", \"write\": \"/raw?form.id={id}\"}]}")
        .filter(new ConflictFilter())
        .handle(
            "/raw",
            (request, response) ->
                response.getOutputStream().write(request.getInputStream().readAllBytes()))
        .start();
    String body = "id=7&name=" + "x".repeat(100_000);
    assertEquals(body, server.sendBody("POST", "/raw", body, "Content-Type", FORM).body());
  }

  @Test
  void parametersOfQueryFormAndForwardComeTogether() throws Exception {
    server
        .rules("{\"rules\": [{\"name\": \"c\", \"write\": \"/first?form.id={id}\"}]}")
        .filter(new ConflictFilter())
        .handle(
            "/first",
            (request, response) ->
                request.getRequestDispatcher("/second?c=3").forward(request, response))
        .handle(
            "/second",
            (request, response) -> {
              for (String name : new String[] {"a", "c", "id"}) {
                response
                    .getWriter()
                    .print(String.join("+", request.getParameterValues(name)) + ";");
              }
            })
        .start();
    HttpResponse<String> answer =
        server.sendBody("POST", "/first?a=1", "id=7&a=2", "Content-Type", FORM);
    assertEquals("1+2;3;7;", answer.body());
  }

  @Test
  void aButtonChoosesTheAction() throws Exception {
    start(
        """
        {"rules": [{"name": "delete", "key": "customer/{id}", "required": true, "tag": "counter",
          "read": "/edit?id={id}", "write": "/save?form.id={id}&form.delete"}]}
        """);
    assertEquals(204, save("id=7&name=x").statusCode());
    assertEquals(428, save("id=7&name=x&delete=Delete").statusCode());
  }

  @Test
  void aGetThatWritesIsJudgedAsAWrite() throws Exception {
    start(
        """
        {"rules": [{"name": "c", "key": "customer/{id}", "required": true, "tag": "counter",
          "read": "/edit?id={id}", "write": "GET /rename?id={id}"}]}
        """);
    String tag = tag("/edit?id=7");
    assertEquals(428, server.send("GET", "/rename?id=7&name=x").statusCode());
    assertEquals(412, server.send("GET", "/rename?id=7", "If-None-Match", tag).statusCode());
    assertEquals(204, server.send("GET", "/rename?id=7&name=x", "If-Match", tag).statusCode());
    assertEquals(412, server.send("GET", "/rename?id=7&name=x", "If-Match", tag).statusCode());
  }

  @Test
  void theSessionNamesTheRecord() throws Exception {
    start(
        """
        {"rules": [{"name": "c", "key": "customer/{session.work.customer}", "tag": "counter",
          "read": "/current", "write": "/rename"}]}
        """);
    HttpResponse<String> opened = server.send("POST", "/open?id=7");
    String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    String tag = tag("/current", "Cookie", cookie);
    assertEquals(
        412,
        server.send("POST", "/rename?id=7&name=x", "If-Match", tag).statusCode(),
        "no session");
    assertEquals(204, rename("Grace", "Cookie", cookie, "If-Match", tag));
    assertEquals(412, rename("x", "Cookie", cookie, "If-Match", tag));
    assertEquals("Grace", names.get("7"));
  }

  @Test
  void aResolverKnowsTheState() throws Exception {
    NameResolver.names = names;
    start(
        """
        {"rules": [{"name": "c", "read": "/edit?id={id}", "write": "/rename?id={id}",
          "key": "c/{id}", "tag": {"source": "resolver", "class": "%s"}}]}
        """
            .formatted(NameResolver.class.getName()));
    assertEquals("\"Ada\"", tag("/edit?id=7"));
    assertEquals(304, server.send("GET", "/edit?id=7", "If-None-Match", "\"Ada\"").statusCode());
    assertEquals(204, rename("Grace", "If-Match", "\"Ada\""));
    assertEquals(412, rename("x", "If-Match", "\"Ada\""));
    assertEquals(412, server.send("POST", "/rename?id=8&name=x", "If-Match", "*").statusCode());
    assertEquals(404, server.send("DELETE", "/rename?id=8&name=x", "If-Match", "*").statusCode());
    assertEquals(204, server.send("PUT", "/rename?id=8&name=x", "If-None-Match", "*").statusCode());
    assertEquals(412, server.send("PUT", "/rename?id=8&name=y", "If-None-Match", "*").statusCode());
    assertEquals(
        412, server.send("PUT", "/rename?id=fail&name=y", "If-None-Match", "*").statusCode());
    assertEquals("x", names.get("8"));
  }

  /** A state that is known needs no body: neither its length nor its thread matters. */
  @ParameterizedTest
  @ValueSource(strings = {"/long", "/flushed", "/async"})
  void aKnownStateTagsAnswersThatAreNotHeld(String path) throws Exception {
    server
        .rules("{\"rules\": [{\"name\": \"c\", \"tag\": \"counter\", \"read\": \"/*\"}]}")
        .filter(new ConflictFilter(), Map.of("bufferLimit", "1000"))
        .handle("/long", (request, response) -> response.getOutputStream().write(new byte[5_000]))
        .handle(
            "/flushed",
            (request, response) -> {
              response.getOutputStream().write(1);
              response.flushBuffer();
            })
        .handle(
            "/async",
            (request, response) -> {
              AsyncContext context = request.startAsync();
              context.start(context::complete);
            })
        .start();
    String tag = tag(path);
    assertEquals(tag, tag(path));
  }

  @Test
  void anApplicationThatDispatchesToItselfDoesNotWaitForItself() throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "c", "key": "the one", "tag": "counter", "write": "/*"}]}
            """)
        .filter(new ConflictFilter(), Map.of("lockTimeoutMillis", "0"))
        .handle("/to", (request, response) -> response.setStatus(204))
        .handle(
            "/forward",
            (request, response) -> request.getRequestDispatcher("/to").forward(request, response))
        .handle(
            "/include",
            (request, response) -> {
              request.getRequestDispatcher("/to").include(request, response);
              response.setStatus(204);
            })
        .handle("/dispatch", (request, response) -> request.startAsync().dispatch("/to"))
        .start();
    for (String path : new String[] {"/forward", "/include", "/dispatch", "/to"}) {
      String tag = "\"x\", " + failedTag();
      assertEquals(204, server.send("POST", path, "If-Match", tag).statusCode(), path);
    }
  }

  /** The current tag, as a refusal names it. */
  private String failedTag() throws Exception {
    String body = server.send("POST", "/to", "If-Match", "\"x\"").body();
    return new ObjectMapper().readTree(body).get("current").asText();
  }

  @Test
  void aModeOffIsAsIfThereWereNoFilter() throws Exception {
    start(
        """
        {"rules": [{"name": "c", "mode": "off", "read": "/edit", "write": "/rename"}]}
        """);
    HttpResponse<String> read = server.send("GET", "/edit?id=7", "If-None-Match", "*");
    assertEquals(200, read.statusCode());
    assertTrue(read.headers().firstValue("ETag").isEmpty());
    assertEquals(204, rename("x", "If-Match", "\"x\""));
  }

  @Test
  void theUniformProfileAnswers409ToAll() throws Exception {
    server.rules(
        """
        {"rules": [{"name": "c", "tag": "counter", "required": true, "write": "/rename"}]}
        """);
    deploy(Map.of("statusProfile", "uniform"));
    assertEquals(409, rename("x"));
    HttpResponse<String> failed = server.send("POST", "/rename?id=7&name=x", "If-Match", "\"x\"");
    assertEquals(409, failed.statusCode());
    assertTrue(failed.body().contains("\"status\":409"), failed.body());
    assertTrue(failed.body().contains("precondition-failed"), failed.body());
  }

  @Test
  void aNegotiatedAnswerHasATagOfItsVariantAndAnyOfThemGuardsAWrite() throws Exception {
    start(
        """
        {"rules": [{"name": "c", "key": "c/{id}", "tag": "counter", "read": "/negotiated?id={id}",
          "write": "/rename?id={id}"}]}
        """);
    String plain = tag("/negotiated?id=7", "Accept", "text/plain");
    String xml = tag("/negotiated?id=7", "Accept", "text/xml");
    assertNotEquals(plain, xml);
    assertEquals(
        200,
        server
            .send("GET", "/negotiated?id=7", "Accept", "text/plain", "If-None-Match", xml)
            .statusCode());
    assertEquals(
        304,
        server
            .send("GET", "/negotiated?id=7", "Accept", "text/xml", "If-None-Match", xml)
            .statusCode());
    assertEquals(204, rename("Grace", "If-Match", xml));
    assertEquals(412, rename("x", "If-Match", plain));
  }

  private void start(String rules) throws Exception {
    server.rules(rules);
    deploy(Map.of());
  }

  private void deploy(Map<String, String> initParams, Filter... behind) throws Exception {
    server.filter(new ConflictFilter(), initParams);
    for (Filter filter : behind) {
      server.filter(filter);
    }
    server
        .handle("/edit", (request, response) -> show(request.getParameter("id"), response))
        .handle(
            "/current",
            (request, response) ->
                show(
                    (String)
                        ((Map<?, ?>) request.getSession().getAttribute("work")).get("customer"),
                    response))
        .handle(
            "/negotiated",
            (request, response) -> {
              response.setHeader("Vary", "Accept");
              response.setContentType(request.getHeader("Accept"));
              response.getWriter().print(names.get(request.getParameter("id")));
            })
        .handle(
            "/open",
            (request, response) ->
                request
                    .getSession()
                    .setAttribute("work", Map.of("customer", request.getParameter("id"))))
        .handle("/save", this::write)
        .handle("/rename", this::write)
        .start();
  }

  private void write(HttpServletRequest request, HttpServletResponse response) {
    String id = request.getParameter("id");
    if (id != null) {
      names.put(id.replaceFirst("^0+", ""), request.getParameter("name"));
    }
    response.setStatus(204);
  }

  private void show(String id, HttpServletResponse response) throws Exception {
    response.setContentType("text/html;charset=UTF-8");
    response.getOutputStream().write(names.get(id).getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> save(String form, String... headers) throws Exception {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = FORM;
    return server.sendBody("POST", "/save", form, all);
  }

  private int rename(String name, String... headers) throws Exception {
    return server.send("POST", "/rename?id=7&name=" + name, headers).statusCode();
  }

  private String tag(String path, String... headers) throws Exception {
    return server.send("GET", path, headers).headers().firstValue("ETag").orElseThrow();
  }

  /** The name is the tag. */
  public static final class NameResolver implements StateResolver {

    static volatile Map<String, String> names = Map.of();

    @Override
    public SelectedRepresentation resolve(Map<String, String> variables) {
      String id = variables.get("id");
      if (id.equals("fail")) {
        throw new IllegalStateException("m");
      }
      String name = names.get(id);
      return name == null
          ? SelectedRepresentation.absent()
          : SelectedRepresentation.present(EntityTag.strong(name), null);
    }
  }
}
