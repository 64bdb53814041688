package io.github.conflictguard.servlet.benchmark;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.conflictguard.servlet.ConflictFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * The same application many times in one Jetty, each time behind another filter, under the path of
 * its name. Ends when its input does.
 */
public final class BenchmarkServer {

  private static final int PORTION = 8 * 1024;

  /** Of all contexts: what one of them stores, it finds again. */
  private static final DataSource OFFICE = database();

  /** Refusals are measured without what a console needs for their lines. */
  private static final Logger LOG = Logger.getLogger("io.github.conflictguard");

  private BenchmarkServer() {}

  public static void main(String[] arguments) throws Exception {
    LOG.setLevel(Level.WARNING);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(1024);
    server.addConnector(connector);
    ContextHandlerCollection contexts =
        new ContextHandlerCollection(
            context("none", null, Map.of(), ""),
            context("body", new ConflictFilter(), Map.of(), ""),
            context("forgetful", new ConflictFilter(), Map.of("rememberedBodies", "0"), ""),
            context(
                "early",
                new ConflictFilter(),
                Map.of(),
                rules(rule("\"counter\", \"earlyNotModified\": true"))),
            context("counter", new ConflictFilter(), Map.of(), rules(rule("\"counter\""))),
            context(
                "monitor",
                new ConflictFilter(),
                Map.of("monitor", "token"),
                rules(rule("\"counter\""))),
            context("query", new ConflictFilter(), Map.of(), rules(rule(QUERY))),
            context("stored", null, Map.of(), ""),
            context("stored-query", new ConflictFilter(), Map.of(), rules(rule(QUERY))),
            context("unmatched", new ConflictFilter(), Map.of(), rules(others())),
            context("observe", new ConflictFilter(), Map.of("mode", "observe"), ""),
            context(
                "observe-rules", new ConflictFilter(), Map.of("mode", "observe"), rules(forms())),
            context("protect-rules", new ConflictFilter(), Map.of(), rules(forms())),
            context("header", new OneTag(), Map.of(), ""),
            context("spring", new ShallowEtagHeaderFilter(), Map.of(), ""));
    server.setHandler(contexts);
    server.start();
    System.out.println("port: " + connector.getLocalPort());
    while (System.in.read() >= 0) {
      // The other end lives.
    }
    server.stop();
    System.exit(0);
  }

  private static final String QUERY =
      "{\"source\": \"query\", \"dataSource\": \"attribute:office\","
          + " \"sql\": \"select version from item where id = {id:number}\"}";

  private static String rule(String tag) {
    return "{\"name\": \"items\", \"read\": \"/json/{size}/{id:number}\","
        + " \"write\": \"PUT /json/{size}/{id:number}\", \"key\": \"items/{id}\", \"tag\": "
        + tag
        + "}";
  }

  /** Pages with forms, and a JSON of the same records. */
  private static String forms() {
    return Stream.of("json", "page", "bytes", "fresh", "list")
        .map(
            kind ->
                "{\"name\": \"%k\", \"read\": \"/%k/{size}/{id:number}\", \"write\":"
                        .replace("%k", kind)
                    + (kind.equals("json")
                        ? " \"PUT /json/{size}/{id:number}\", \"key\": \"items/{id}\"}"
                        : " \"POST /save?id={id}\", \"key\": \"pages/{id}\", \"tag\": \"form\"}"))
        .collect(Collectors.joining(", "));
  }

  private static String others() {
    return IntStream.range(0, 100)
        .mapToObj(
            i ->
                "{\"name\": \"r%d\", \"read\": \"/api/sort%d/{id}\", \"write\": \"/api/sort%d/{id}\"}"
                    .replace("%d", String.valueOf(i)))
        .collect(Collectors.joining(", "));
  }

  private static String rules(String list) {
    return "{\"rules\": [" + list + "]}";
  }

  private static ServletContextHandler context(
      String name, Filter filter, Map<String, String> parameters, String rules) throws Exception {
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
    context.setContextPath("/" + name);
    Path folder = Files.createTempDirectory("benchmark-" + name);
    if (!rules.isEmpty()) {
      Files.createDirectories(folder.resolve("WEB-INF"));
      Files.writeString(folder.resolve("WEB-INF/conflict-guard.json"), rules);
    }
    context.setBaseResourceAsPath(folder);
    context.setAttribute("office", OFFICE);
    if (filter != null) {
      FilterHolder holder = new FilterHolder(filter);
      holder.setName("guard");
      holder.setInitParameters(parameters);
      context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
    }
    HttpServlet json =
        name.startsWith("stored") ? new StoredItems() : new Items("application/json");
    context.addServlet(new ServletHolder("json", json), "/json/*");
    context.addServlet(new ServletHolder("html", new Items("text/html;charset=utf-8")), "/html/*");
    context.addServlet(new ServletHolder("page", new EditPage(true, false)), "/page/*");
    context.addServlet(new ServletHolder("list", new EditPage(true)), "/list/*");
    context.addServlet(new ServletHolder("bytes", new EditPage(false, false)), "/bytes/*");
    context.addServlet(new ServletHolder("fresh", new EditPage(true, true)), "/fresh/*");
    context.addServlet(new ServletHolder("costs", new Costs()), "/costs");
    return context;
  }

  /** The pool is one that applications have: H2's own asks the database at each return. */
  private static DataSource database() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:office");
    config.setMaximumPoolSize(64);
    DataSource pool = new HikariDataSource(config);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table item (id int primary key, version int)");
      statement.execute("insert into item select x, 1 from system_range(0, 999)");
    } catch (SQLException e) {
      throw new IllegalStateException("No table", e);
    }
    return pool;
  }

  /** {@code /json/2048/17}: an answer of so many bytes, written as serializers write. */
  private static final class Items extends HttpServlet {

    private static final byte[] TEXT =
        "{\"id\": 17, \"name\": \"somebody\", \"email\": \"a@example.com\"}, "
            .repeat(20_000)
            .getBytes(StandardCharsets.US_ASCII);

    private final String type;

    Items(String type) {
      this.type = type;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType(type);
      String info = request.getPathInfo();
      int left = Integer.parseInt(info.substring(1, info.indexOf('/', 1)));
      OutputStream out = response.getOutputStream();
      for (int from = 0; left > 0; from += PORTION, left -= PORTION) {
        out.write(TEXT, from, Math.min(left, PORTION));
      }
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      InputStream in = request.getInputStream();
      byte[] portion = new byte[512];
      while (in.read(portion) >= 0) {
        // Stored.
      }
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
  }

  /** The least that a filter can do which sends tags and 304: one tag, and nothing is compared. */
  private static final class OneTag implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      ((HttpServletResponse) response).setHeader("ETag", "\"8f14e45fceea167a5a36dedd4bea2543\"");
      if (((HttpServletRequest) request).getHeader("If-None-Match") == null) {
        chain.doFilter(request, response);
      } else {
        ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      }
    }
  }

  /**
   * Stores in the database that the query asks, as an application does that has its state there.
   */
  private static final class StoredItems extends HttpServlet {

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      request.getInputStream().readAllBytes();
      String info = request.getPathInfo();
      try (Connection connection = OFFICE.getConnection();
          PreparedStatement update =
              connection.prepareStatement("update item set version = version + 1 where id = ?")) {
        update.setInt(1, Integer.parseInt(info.substring(info.lastIndexOf('/') + 1)));
        update.executeUpdate();
      } catch (SQLException e) {
        throw new IOException(e);
      }
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
  }

  /** What this JVM has used up so far: nanoseconds of all its threads, and bytes of heap. */
  private static final class Costs extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      long allocated = 0;
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
        allocated += Math.max(bytes, 0);
      }
      long cpu =
          ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
              .getProcessCpuTime();
      response.setHeader("X-Costs", cpu + " " + allocated);
      response.setContentLength(0);
    }
  }
}
