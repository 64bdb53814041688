package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Logger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests that the application serves, and that the guard never sees, are reported. */
@Tag("container")
class BypassTest {

  private final Logger logger = Logger.getLogger(ConflictFilter.class.getName());
  private final LogLines log = new LogLines();
  private final FilterServer server = new FilterServer();

  @BeforeEach
  void listen() {
    logger.addHandler(log);
  }

  @AfterEach
  void stop() throws Exception {
    logger.removeHandler(log);
    server.close();
  }

  @Test
  void filterThatForwardsEverythingIsReportedWithTheCure() throws Exception {
    start(new RewritingFilter(), Map.of());
    send(60, "GET", "/r/");
    assertFound("no-request-seen");
    assertWarned(
        "None of 50 requests has reached the guard, such as /r/*: a filter in front of it forwards"
            + " them, that one to /record",
        "\"dispatch\": [\"REQUEST\", \"FORWARD\"] to the rules for the forwarded paths");
    assertEquals(0L, attribute("SeenRequests"));
    assertEquals(60L, attribute("BypassingRequests"));
  }

  @Test
  void applicationThatIsAFilterIsReported() throws Exception {
    start(new AnsweringFilter(request -> true), Map.of());
    send(50, "POST", "/save/");
    assertFound("no-request-seen");
    assertWarned("None of 50 requests", "put the filter-mapping of the guard in front of it");
  }

  @Test
  void partOfTheApplicationThatGoesPastTheGuardIsReported() throws Exception {
    start(new AnsweringFilter(request -> request.getRequestURI().contains("/actions/")), Map.of());
    send(60, "GET", "/note?");
    send(49, "POST", "/actions/");
    assertFound();
    send(2, "POST", "/actions/");
    assertFound("requests-bypass-guard");
    assertWarned("50 requests went past the guard, such as /actions/*", "answers in its place");
  }

  @Test
  void soundApplicationIsNotReported() throws Exception {
    start(new RewritingFilter(), Map.of());
    send(120, "GET", "/note?");
    assertFound();
    assertEquals(120L, attribute("SeenRequests"));
    assertEquals(0L, attribute("BypassingRequests"));
  }

  @Test
  void filesHealthChecksAndLoginsInFrontAreNotReported() throws Exception {
    start(new AnsweringFilter(request -> true), Map.of());
    send(30, "GET", "/health?");
    send(30, "GET", "/actuator/info?");
    send(30, "GET", "/logo.png?");
    send(30, "POST", "/login?");
    send(30, "OPTIONS", "/api/");
    assertFound();
  }

  @Test
  void anonymousRequestsThatTheLoginInFrontRefusesAreNotReported() throws Exception {
    server.file(
        "WEB-INF/web.xml",
        "<web-app><security-constraint><web-resource-collection/></security-constraint></web-app>");
    start(new AnsweringFilter(request -> request.getHeader("Authorization") == null), Map.of());
    send(60, "GET", "/note?");
    assertFound();
  }

  @Test
  void switchedOffFilterIsReportedAsIdleAlone() throws Exception {
    start(new AnsweringFilter(request -> true), Map.of("enabled", "false"));
    send(60, "GET", "/r/");
    assertFound("nothing-guarded");
  }

  @Test
  void switchingOnByJmxEndsTheFinding() throws Exception {
    start(new AnsweringFilter(request -> false), Map.of("enabled", "false"));
    assertFound("nothing-guarded");
    beans().setAttribute(filter(), new javax.management.Attribute("Enabled", true));
    assertFound();
    beans().setAttribute(filter(), new javax.management.Attribute("Enabled", false));
    assertFound("nothing-guarded");
  }

  @Test
  void modeObserveSaysThatNothingIsGuarded() throws Exception {
    start(new AnsweringFilter(request -> false), Map.of("mode", "observe"));
    assertFound("nothing-guarded");
    assertWarned("NOTHING IS GUARDED: mode observe counts", "not on purpose");
  }

  private void start(Filter inFront, Map<String, String> settings) throws Exception {
    server
        .filter(inFront)
        .filter(new ConflictFilter(), settings)
        .handle("/record", (request, response) -> response.getWriter().write("{}"))
        .handle("/note", new Note("{}"))
        .withDefaultServlet()
        .start();
  }

  private void send(int times, String method, String path) throws Exception {
    for (int i = 0; i < times; i++) {
      assertEquals(2, server.send(method, path + (1000 + i)).statusCode() / 100);
    }
    server.awaitIdle();
  }

  private void assertWarned(String found, String cure) {
    assertTrue(
        log.lines.stream().anyMatch(line -> line.contains(found) && line.contains(cure)),
        log.lines::toString);
  }

  private void assertFound(String... codes) throws Exception {
    List<String> found = new ArrayList<>();
    for (CompositeData each : (CompositeData[]) attribute("Findings")) {
      found.add((String) each.get("code"));
    }
    assertEquals(List.of(codes), found);
    for (String code : codes) {
      assertEquals(
          1, log.lines.stream().filter(line -> line.endsWith("[" + code + "]")).count(), code);
    }
  }

  private static Object attribute(String name) throws Exception {
    return beans().getAttribute(filter(), name);
  }

  private static MBeanServer beans() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  private static ObjectName filter() throws Exception {
    return beans()
        .queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null)
        .iterator()
        .next();
  }

  /** Answers in place of what is behind it. */
  private static final class AnsweringFilter implements Filter {

    private final Predicate<HttpServletRequest> mine;

    AnsweringFilter(Predicate<HttpServletRequest> mine) {
      this.mine = mine;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      if (request.getDispatcherType() == DispatcherType.REQUEST
          && mine.test((HttpServletRequest) request)) {
        response.getWriter().write("answered");
      } else {
        chain.doFilter(request, response);
      }
    }
  }
}
