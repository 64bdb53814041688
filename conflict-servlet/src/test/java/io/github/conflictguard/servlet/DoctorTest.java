package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Ownership;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FixedValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What keeps the filter from its work is told, once, with the cure. */
@Tag("container")
class DoctorTest {

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
  void aSoundApplicationHasNoFindings() throws Exception {
    server.filter(new EncodingFilter()).filter(new LoginFilter());
    start(Map.of());
    readTwice();
    assertFound();
  }

  @Test
  void whoStandsBehindThoughItShouldStandInFrontIsNamedAfterTheFirstRequest() throws Exception {
    server.filter(new ConflictFilter()).filter(new EncodingFilter()).filter(new LoginFilter());
    server
        .filter(new GzipFilter())
        .filter(new EtagFilter())
        .handle("/note", new Note("{}"))
        .start();
    assertFound();
    readTwice();
    assertFound(
        "compression-after-guard",
        "encoding-after-guard",
        "security-after-guard",
        "etag-filter-after-guard");
    assertTrue(
        log.lines.stream()
            .anyMatch(
                line ->
                    line.startsWith(
                            "Conflict Guard in '/app': Filter 'filter-3' ("
                                + LoginFilter.class.getName()
                                + ") decides who may do what, and stands behind the guard")
                        && line.endsWith(
                            "register the guard there as well, behind it (in place of its"
                                + " filter-mapping in web.xml), or map both in web.xml, the guard"
                                + " behind it [security-after-guard]")),
        log.lines::toString);
  }

  @Test
  void theDescriptorTellsItBeforeTheFirstRequest() throws Exception {
    server
        .file(
            "WEB-INF/web.xml",
            """
            <web-app>
              <filter-mapping><filter-name>filter-1</filter-name><url-pattern>/*</url-pattern></filter-mapping>
              <filter-mapping><filter-name>filter-3</filter-name><url-pattern>/*</url-pattern></filter-mapping>
              <filter-mapping><filter-name>filter-2</filter-name><url-pattern>/*</url-pattern></filter-mapping>
            </web-app>
            """)
        .filter(new EtagFilter())
        .filter(new LoginFilter());
    start(Map.of());
    assertFound("security-after-guard", "etag-filter-before-guard");
  }

  @Test
  void aFilterThatMakesTagsInFrontIsNamed() throws Exception {
    server.filter(new EtagFilter()).filter(new GzipFilter());
    start(Map.of());
    readTwice();
    assertFound("etag-filter-before-guard");
  }

  @Test
  void aSecondInstanceIsNamed() throws Exception {
    server.filter(new ConflictFilter());
    start(Map.of());
    assertEquals(2, log.lines.stream().filter(line -> line.contains("second-instance")).count());
    assertTrue(log.lines.stream().anyMatch(line -> line.contains("[filter-1, filter-2]")));
  }

  @Test
  void jmxTellsHowManyRequestsHaveFittedARule() throws Exception {
    server.rules(
        """
        {"rules": [{"name": "notes", "read": "/note"}, {"name": "typos", "read": "/ntoe"}]}
        """);
    start(Map.of());
    readTwice();
    List<String> requests = new ArrayList<>();
    for (CompositeData each : attribute("Rules")) {
      requests.add(each.get("rule") + " " + each.get("requests"));
    }
    assertEquals(List.of("notes 2", "typos 0", "- 0"), requests);
  }

  @Test
  void answersThatAreTooLongAgainAndAgainAreNamedByTheirPath() throws Exception {
    server.handle(
        "/reports/*",
        (request, response) -> {
          response.setContentType("application/json");
          response.getWriter().write("0123456789");
        });
    start(Map.of("bufferLimit", "5"));
    for (int i = 0; i < 19; i++) {
      server.send("GET", "/reports/" + i);
    }
    assertFound();
    server.send("GET", "/reports/19");
    server.send("GET", "/reports/20");
    assertFound("streamed-body");
    assertTrue(
        log.lines.stream().anyMatch(line -> line.contains("20 answers of /reports/* got no")));
  }

  @Test
  void anAnswerThatIsEncodedBehindTheGuardIsNamed() throws Exception {
    server.handle(
        "/packed/*",
        (request, response) -> {
          response.setContentType("application/json");
          response.setHeader("Content-Encoding", "br"); // which cannot be decoded here
          response.getOutputStream().write(1);
        });
    start(Map.of());
    server.send("GET", "/packed/1");
    server.send("GET", "/packed/2");
    assertFound("encoded-body");
  }

  @Test
  void aRetryInsideATransactionIsNamed() throws Exception {
    GuardPolicy policy = GuardPolicy.builder().handler("Orders.ship").retry(3).build();
    Handler inTransaction =
        (request, response) -> {
          Thread thread = Thread.currentThread();
          ClassLoader before = thread.getContextClassLoader();
          thread.setContextClassLoader(withActiveTransaction());
          try {
            ConflictGuard.run(
                policy,
                () -> {
                  throw new SQLException("deadlock", "40001");
                });
          } catch (SQLException e) {
            throw new ServletException(e);
          } finally {
            thread.setContextClassLoader(before);
          }
        };
    server.handle("/ship", inTransaction);
    start(Map.of());
    assertEquals(409, server.send("POST", "/ship").statusCode());
    assertEquals(409, server.send("POST", "/ship").statusCode());
    assertFound("retry-in-transaction");
    assertTrue(log.lines.stream().anyMatch(line -> line.contains("Orders.ship is to run again")));
  }

  private void start(Map<String, String> initParams) throws Exception {
    server.filter(new ConflictFilter(), initParams).handle("/note", new Note("{}")).start();
  }

  private void readTwice() throws Exception {
    assertEquals(200, server.send("GET", "/note").statusCode());
    assertEquals(200, server.send("GET", "/note").statusCode());
  }

  /** In JMX and, once each, in the log. */
  private void assertFound(String... codes) throws Exception {
    List<String> found = new ArrayList<>();
    for (CompositeData each : attribute("Findings")) {
      found.add((String) each.get("code"));
    }
    assertEquals(List.of(codes), found.stream().sorted().toList());
    for (String code : codes) {
      String end = "[" + code + "]";
      assertEquals(1, log.lines.stream().filter(line -> line.endsWith(end)).count(), code);
    }
  }

  private static CompositeData[] attribute(String name) throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName filter =
        beans
            .queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null)
            .iterator()
            .next();
    return (CompositeData[]) beans.getAttribute(filter, name);
  }

  private static ClassLoader withActiveTransaction() {
    return new ByteBuddy()
        .subclass(Object.class)
        .name("org.springframework.transaction.support.TransactionSynchronizationManager")
        .defineMethod(
            "isActualTransactionActive", boolean.class, Visibility.PUBLIC, Ownership.STATIC)
        .intercept(FixedValue.value(true))
        .make()
        .load(DoctorTest.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
        .getLoaded()
        .getClassLoader();
  }

  private static class Passing implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(request, response);
    }
  }

  private static final class EncodingFilter extends Passing {}

  private static final class LoginFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(request, response);
    }
  }

  private static final class GzipFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(request, response);
    }
  }

  private static final class EtagFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(request, response);
    }
  }
}
