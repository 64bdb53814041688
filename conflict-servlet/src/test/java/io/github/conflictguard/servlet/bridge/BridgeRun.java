package io.github.conflictguard.servlet.bridge;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts an application, lets it answer one 409 and one 412, and stops it. Its results are of types
 * of the JDK, so that it may run in a class loader of its own.
 */
public final class BridgeRun {

  static final String RULES =
      """
      {"rules": [{"name": "people", "read": "/people", "write": "/people"}]}
      """;

  private static final Pattern INSTANCE = Pattern.compile("\"instance\":\"(urn:uuid:[^\"]+)\"");
  private static final int MOST_ATTEMPTS = 2000;

  private BridgeRun() {}

  /**
   * Runs the application.
   *
   * @param probe the simple name of the class that looks at the library, or a supplier of what is
   *     seen from outside
   * @param expected how many lines to wait for before the application is stopped
   * @return the lines of the probe before and after the stop, the instances in the answers, and
   *     what was logged above FINE
   */
  public static Map<String, List<String>> run(
      Object probe, int expected, Map<String, String> settings) throws Exception {
    Logger log = Logger.getLogger(ConflictFilter.class.getName());
    Records records = new Records();
    log.addHandler(records);
    Map<String, List<String>> results = new TreeMap<>();
    Probe used = probe instanceof Supplier<?> seen ? seenBy(seen) : create((String) probe);
    try {
      try (FilterServer server = start(used, settings)) {
        List<String> instances = new ArrayList<>();
        instances.add(instance(409, server.send("POST", "/people")));
        instances.add(
            instance(412, server.sendBody("PUT", "/people", "{}", "If-Match", "\"old\"")));
        results.put("instances", instances);
        server.awaitIdle();
        for (int i = 0; used.lines().size() < expected && i < MOST_ATTEMPTS; i++) {
          server.send("GET", "/people");
        }
        results.put("before", used.lines());
      }
      results.put("after", used.lines());
    } finally {
      used.end();
      log.removeHandler(records);
    }
    results.put("log", records.lines);
    return results;
  }

  @SuppressWarnings("unchecked")
  private static Probe seenBy(Supplier<?> outside) {
    return new OutsideProbe((Supplier<List<String>>) outside);
  }

  private static Probe create(String name) throws ReflectiveOperationException {
    return (Probe)
        Class.forName(BridgeRun.class.getPackageName() + "." + name)
            .getDeclaredConstructor()
            .newInstance();
  }

  private static FilterServer start(Probe probe, Map<String, String> settings) throws Exception {
    FilterServer server = new FilterServer();
    if (!(probe instanceof OutsideProbe)) {
      server.filter(new Front(probe));
    }
    return server
        .handle(
            "/people",
            (request, response) -> {
              probe.handle();
              if (request.getMethod().equals("POST")) {
                throw new SQLException("Duplicate entry", "23505");
              }
              response.setContentType("application/json");
              response.getWriter().print("{}");
            })
        .rules(RULES)
        .filter(new ConflictFilter(), settings)
        .start();
  }

  private static String instance(int status, HttpResponse<String> answer) {
    Matcher found = INSTANCE.matcher(answer.body());
    if (answer.statusCode() != status || !found.find()) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return found.group(1);
  }

  private record OutsideProbe(Supplier<List<String>> outside) implements Probe {

    @Override
    public List<String> lines() {
      return outside.get();
    }
  }

  /** A filter in front of the guard. */
  private static final class Front implements Filter {

    private final Probe probe;

    Front(Probe probe) {
      this.probe = probe;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      probe.serve(request, response, chain);
    }
  }

  private static final class Records extends Handler {

    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel().intValue() > Level.FINE.intValue()) {
        lines.add(line.getLevel() + " " + line.getMessage());
      }
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // Nothing to close.
    }
  }
}
