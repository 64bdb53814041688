package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application does to the request and the response of an internal GET stays there. */
@Tag("container")
class InternalGetTest {

  private static final String ELSEWHERE =
      """
      {"rules": [{"name": "r", "key": "r/{id}", "read": "/read?id={id}", "write": "PUT /x?w={id}"}]}
      """;
  private static final String NONE = "{\"rules\": []}";

  private final FilterServer server = new FilterServer();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger gets = new AtomicInteger();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** In {@code observe} as well, and whether the GET is a forward or an include. */
  @ParameterizedTest
  @CsvSource({"true, protect", "false, protect", "true, observe", "false, observe"})
  void attributesOfTheInternalGetAreNotSeenByTheWrite(boolean elsewhere, String mode)
      throws Exception {
    Map<String, Object> before = new TreeMap<>();
    Map<String, Object> after = new TreeMap<>();
    server.filter(
        (request, response, chain) -> {
          request.setAttribute("front.kept", "front");
          request.setAttribute("front.removed", "front");
          request.setAttribute("front.replaced", "front");
          if (((HttpServletRequest) request).getMethod().equals("PUT")) {
            before.putAll(attributes(request));
          }
          chain.doFilter(request, response);
        });
    start(
        elsewhere,
        mode,
        (request, response) -> {
          assertEquals("front", request.getAttribute("front.replaced"));
          request.setAttribute("bean", new Object());
          request.setAttribute("front.replaced", "inner");
          request.removeAttribute("front.removed");
          request.setAttribute("set and removed", "x");
          request.removeAttribute("set and removed");
          request.setAttribute("front.kept", null);
          assertEquals("inner", request.getAttribute("front.replaced"));
          List<String> names = Collections.list(request.getAttributeNames());
          assertTrue(names.contains("bean"), names.toString());
          assertFalse(names.contains("front.removed") || names.contains("front.kept"));
          innermost(request).setAttribute("native", "inner");
          innermost(request).setAttribute("front.replaced", "native");
          innermost(request).removeAttribute("front.removed");
          response.setContentType("application/json");
          response.getWriter().print("{}");
        },
        (request, response) -> after.putAll(attributes(request)));
    assertEquals(204, server.send("PUT", "/x?w=7", "If-Match", "*").statusCode());
    assertTrue(gets.get() > 0);
    after.keySet().removeIf(name -> name.startsWith("io.github.conflictguard."));
    assertEquals(before, after);
  }

  /** A once-per-request filter, as security frameworks have them, mapped to every dispatcher. */
  @ParameterizedTest
  @CsvSource({"true, protect", "false, protect", "true, observe", "false, observe"})
  void aMarkOfAOncePerRequestFilterDoesNotLetTheWritePass(boolean elsewhere, String mode)
      throws Exception {
    afterwards(new OncePerRequest(), elsewhere, mode);
    assertEquals(403, server.send("PUT", "/x?w=7", "If-Match", "*").statusCode());
    assertEquals(403, server.send("PUT", "/x?w=7").statusCode());
    assertEquals(0, writes.get());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatElseTheInternalGetDoesToTheRequestIsUndone(boolean elsewhere) throws Exception {
    start(
        elsewhere,
        "protect",
        (request, response) -> {
          request.setCharacterEncoding("UTF-16");
          seen.add(request.getCharacterEncoding());
          Thread.currentThread().setContextClassLoader(new ClassLoader() {});
          response.setContentType("application/json");
          response.setHeader("X-Inner", "1");
          response.setBufferSize(100_000);
          response.getWriter().print("{}");
          response.flushBuffer();
        },
        (request, response) -> {
          seen.add(request.getCharacterEncoding() + " " + request.getParameter("name"));
          seen.add(request.getQueryString() + " " + request.getParameter("w"));
          seen.add(request.getRequestURI() + " " + request.getServletPath());
          seen.add(request.getDispatcherType() + " " + request.isAsyncSupported());
          seen.add(
              String.valueOf(
                  Thread.currentThread().getContextClassLoader().getClass().isAnonymousClass()));
        });
    var answer =
        server.sendBody(
            "PUT",
            "/x?w=7",
            "{}",
            "If-Match",
            "*",
            "Content-Type",
            "application/json; charset=ISO-8859-1");
    assertEquals(204, answer.statusCode());
    assertTrue(answer.headers().firstValue("X-Inner").isEmpty());
    String charset = seen.get(1).split(" ")[0].toUpperCase(java.util.Locale.ROOT);
    assertEquals("ISO-8859-1", charset);
    assertEquals("UTF-16", seen.get(0));
    assertEquals(
        List.of("w=7 7", "/app/x /x", DispatcherType.REQUEST + " true", "false"),
        seen.subList(2, 6));
  }

  /** Its parameters are those of the address, and only for its own time. */
  @Test
  void parametersOfANestedForwardStayInTheInternalGet() throws Exception {
    server.handle(
        "/view",
        (request, response) -> {
          seen.add(request.getParameter("view") + request.getParameter("id"));
          response.setContentType("application/json");
          response.getWriter().print("{}");
        });
    start(
        true,
        "protect",
        (request, response) -> {
          request.getRequestDispatcher("/view?view=full").forward(request, response);
          seen.add(String.valueOf(request.getParameter("view")));
        },
        (request, response) ->
            seen.add(
                request.getParameter("view")
                    + request.getParameter("w")
                    + request.getQueryString()));
    String tag = server.send("GET", "/read?id=7").headers().firstValue("ETag").orElseThrow();
    server.awaitIdle();
    seen.clear();
    assertEquals(204, server.send("PUT", "/x?w=7", "If-Match", tag).statusCode());
    assertEquals(List.of("full7", "null", "null7w=7"), seen);
  }

  /** The user, the session's id and the connection belong to the write. */
  @ParameterizedTest
  @ValueSource(strings = {"login", "logout", "authenticate", "changeSessionId", "upgrade"})
  void anInternalGetThatWouldChangeWhoIsLoggedInIsUnreadable(String what) throws Exception {
    start(
        false,
        "protect",
        (request, response) -> {
          switch (what) {
            case "login" -> request.login("a", "b");
            case "logout" -> request.logout();
            case "authenticate" -> request.authenticate(response);
            case "changeSessionId" -> request.changeSessionId();
            default -> request.upgrade(null);
          }
          response.setContentType("application/json");
          response.getWriter().print("{}");
        },
        (request, response) -> {});
    assertEquals(412, server.send("PUT", "/x?w=7", "If-Match", "*").statusCode());
    assertEquals(0, writes.get());
  }

  /** The container's own way of sending a file is not for an answer that nobody gets. */
  @Test
  void sendfileIsNotOfferedToTheInternalGet() throws Exception {
    server.filter(
        (request, response, chain) -> {
          if (request.getDispatcherType() == DispatcherType.REQUEST) {
            request.setAttribute("org.apache.tomcat.sendfile.support", Boolean.TRUE);
          }
          chain.doFilter(request, response);
        });
    start(
        false,
        "protect",
        (request, response) -> {
          seen.add(String.valueOf(request.getAttribute("org.apache.tomcat.sendfile.support")));
          request.setAttribute("org.apache.tomcat.sendfile.filename", "/etc/hostname");
          request.setAttribute("org.apache.tomcat.sendfile.start", 0L);
          request.setAttribute("org.apache.tomcat.sendfile.end", 5L);
          response.setContentType("application/json");
          response.setContentLength(5);
        },
        (request, response) -> {
          seen.add(String.valueOf(request.getAttribute("org.apache.tomcat.sendfile.filename")));
          seen.add(String.valueOf(request.getAttribute("org.apache.tomcat.sendfile.support")));
        });
    assertEquals(204, server.send("PUT", "/x?w=7", "If-Match", "*").statusCode());
    assertEquals(List.of("null", "null", "true"), seen);
    // No tag over bytes that were not seen: not that of the empty body either.
    String empty = "\"e3b0c44298fc1c149afbf4c8996fb924\"";
    assertEquals(412, server.send("PUT", "/x?w=7", "If-Match", empty).statusCode());
  }

  /** Exactly the bytes of the write's answer, and then the next answer. */
  @ParameterizedTest
  @CsvSource({"true, protect", "false, protect", "true, observe", "false, observe"})
  void framingAfterAnInternalGetIsThatOfTheWrite(boolean elsewhere, String mode) throws Exception {
    start(
        elsewhere,
        mode,
        (request, response) -> {
          HttpServletResponse container = (HttpServletResponse) innermost(response);
          request.setAttribute("org.apache.tomcat.sendfile.filename", "/etc/hostname");
          request.setAttribute("org.apache.tomcat.sendfile.start", 0L);
          request.setAttribute("org.apache.tomcat.sendfile.end", 3L);
          response.setContentType("application/json");
          response.setContentLength(2);
          container.setHeader("X-Inner", "1");
          response.getWriter().print("{}");
          response.flushBuffer();
          response.getWriter().close();
        },
        (request, response) -> {
          response.setContentType("text/plain");
          response.setContentLength(4);
          response.setStatus(200);
          response.getOutputStream().print("done");
        });
    try (RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 3; i++) {
        RawAnswer answer =
            client
                .ask("PUT", "/x?w=7", "HTTP/1.1", "If-Match: *", "Content-Length: 0")
                .answer("PUT");
        assertEquals("done", answer.text());
        assertTrue(answer.statusLine().contains(" 200"), answer.statusLine());
        assertEquals("4", answer.header("Content-Length"));
        assertNull(answer.header("X-Inner"));
        RawAnswer next = client.ask("GET", "/plain", "HTTP/1.1").answer("GET");
        assertEquals("plain", next.text());
      }
    }
  }

  private void afterwards(Filter filter, boolean elsewhere, String mode) throws Exception {
    prepare(
        elsewhere,
        mode,
        (request, response) -> {
          response.setContentType("application/json");
          response.getWriter().print("{}");
        },
        (request, response) -> {});
    server.filter(filter).start();
  }

  private void start(boolean elsewhere, String mode, Handler read, Handler write) throws Exception {
    prepare(elsewhere, mode, read, write);
    server.start();
  }

  private void prepare(boolean elsewhere, String mode, Handler read, Handler write)
      throws Exception {
    Handler counted =
        (request, response) -> {
          gets.incrementAndGet();
          read.handle(request, response);
        };
    server
        .rules(elsewhere ? ELSEWHERE : NONE)
        .filter(new ConflictFilter(), Map.of("mode", mode))
        .handle("/plain", (request, response) -> response.getWriter().print("plain"))
        .handle("/read", counted)
        .handle(
            "/x",
            (request, response) -> {
              if (request.getMethod().equals("GET")) {
                counted.handle(request, response);
              } else {
                writes.incrementAndGet();
                response.setStatus(204);
                write.handle(request, response);
              }
            });
  }

  private static Map<String, Object> attributes(ServletRequest request) {
    Map<String, Object> all = new TreeMap<>();
    for (String name : Collections.list(request.getAttributeNames())) {
      all.put(name, request.getAttribute(name));
    }
    ServletRequest innermost = innermost(request);
    for (String name : Collections.list(innermost.getAttributeNames())) {
      all.put(name, innermost.getAttribute(name));
    }
    all.keySet().removeIf(name -> name.startsWith("io.github.conflictguard."));
    return all;
  }

  private static ServletRequest innermost(ServletRequest request) {
    ServletRequest at = request;
    while (at instanceof ServletRequestWrapper) {
      at = ((ServletRequestWrapper) at).getRequest();
    }
    return at;
  }

  private static ServletResponse innermost(ServletResponse response) {
    ServletResponse at = response;
    while (at instanceof ServletResponseWrapper) {
      at = ((ServletResponseWrapper) at).getResponse();
    }
    return at;
  }

  /** Decides once for each request, as its mark in an attribute tells. */
  private static final class OncePerRequest implements Filter {

    private static final String MARK = OncePerRequest.class.getName() + ".APPLIED";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      if (request.getAttribute(MARK) == null) {
        request.setAttribute(MARK, Boolean.TRUE);
        if (!((HttpServletRequest) request).getMethod().equals("GET")) {
          ((HttpServletResponse) response).sendError(403);
          return;
        }
      }
      chain.doFilter(request, response);
    }
  }
}
