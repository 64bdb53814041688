package io.github.conflictguard.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.precondition.StateResolver;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sixteen writers read, add one and write back with the tag, over fifty records. Now and then a
 * client goes away in the middle, and some reads and writes are answered asynchronously. The
 * records themselves notice when one is overwritten by a number that does not follow it.
 */
@Tag("container")
class StressTest {

  private static final int WRITERS = 16;
  private static final int KEYS = 50;
  private static final int INCREMENTS = Integer.getInteger("stress.increments", 100);

  /** The status of a write whose response the client has lost. */
  private static final int UNKNOWN = 0;

  private static final int MOST_UNANSWERED = 10;

  private static final Map<String, Integer> NUMBERS = new ConcurrentHashMap<>();

  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger applied = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final FilterServer server = new FilterServer();
  private final JdbcConnectionPool database =
      JdbcConnectionPool.create("jdbc:h2:mem:stress;DB_CLOSE_DELAY=-1", "sa", "");
  private boolean inDatabase;

  @AfterEach
  void stop() throws Exception {
    server.close();
    pool.shutdown();
    try (Connection connection = database.getConnection()) {
      connection.createStatement().execute("SHUTDOWN");
    }
    NUMBERS.clear();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"body\"",
        "\"counter\"",
        "{\"source\":\"query\",\"dataSource\":\"attribute:db\","
            + "\"sql\":\"SELECT number FROM record WHERE id = {id:number}\"}",
        "{\"source\":\"resolver\","
            + "\"class\":\"io.github.conflictguard.servlet.StressTest$NumberResolver\"}"
      })
  void noIncrementIsLostAndNoLockIsLeft(String source) throws Exception {
    start(source);
    List<Future<Integer>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      Random random = new Random(writer);
      writers.add(pool.submit(() -> increment(random)));
    }
    int confirmed = 0;
    for (Future<Integer> writer : writers) {
      confirmed += writer.get();
    }
    assertEquals(WRITERS * INCREMENTS, confirmed);
    for (int key = 1; key <= KEYS; key++) {
      // Waits for what aborted clients have left running, or fails if a lock was never given back.
      HttpResponse<String> read = server.send("GET", "/record/" + key);
      String tag = read.headers().firstValue("ETag").orElseThrow();
      int status =
          server
              .sendBody("PUT", "/record/" + key, String.valueOf(next(read)), "If-Match", tag)
              .statusCode();
      assertTrue(status == 204 || status == 412, "status " + status);
    }
    assertEquals(0, lost.get(), "lost updates");
    assertTrue(applied.get() >= confirmed);
  }

  /** Returns the number of increments that the server has confirmed to this writer. */
  private int increment(Random random) throws Exception {
    int confirmed = 0;
    while (confirmed < INCREMENTS) {
      String path = "/record/" + (1 + random.nextInt(KEYS));
      HttpResponse<String> read = server.send("GET", path);
      String tag = read.headers().firstValue("ETag").orElseThrow();
      String body = String.valueOf(next(read));
      if (random.nextInt(20) == 0) {
        goAway(path, tag, body, random.nextBoolean());
        continue;
      }
      int status = put(path, tag, body);
      assertTrue(status == 204 || status == 412 || status == UNKNOWN, "status " + status);
      confirmed += status == 204 ? 1 : 0;
    }
    return confirmed;
  }

  /**
   * Returns the status of the response. The JDK's client closes a connection by itself when a
   * response arrives just after it was taken from the pool; it does not repeat such a write.
   */
  private int put(String path, String tag, String body) throws Exception {
    try {
      return server.sendBody("PUT", path, body, "If-Match", tag).statusCode();
    } catch (IOException e) {
      assertTrue(causes(e).contains("closed locally"), causes(e));
      assertTrue(unanswered.incrementAndGet() < MOST_UNANSWERED, "responses are missing");
      return UNKNOWN;
    }
  }

  private static String causes(Throwable thrown) {
    StringBuilder causes = new StringBuilder();
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      causes.append(at).append('\n');
    }
    return causes.toString();
  }

  /** Closes the connection in the middle of the body, or before the answer comes. */
  private void goAway(String path, String tag, String body, boolean middle) throws IOException {
    String head =
        "PUT /app%s HTTP/1.1\r\nHost: localhost\r\nIf-Match: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, tag, body.length());
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoLinger(true, 0);
      socket.getOutputStream().write((head + (middle ? "" : body)).getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (SocketException e) {
      // Refused already.
    }
  }

  private static int next(HttpResponse<String> read) {
    return 1 + Integer.parseInt(read.body());
  }

  private void start(String source) throws Exception {
    inDatabase = source.contains("query");
    try (Connection connection = database.getConnection()) {
      connection
          .createStatement()
          .execute("CREATE TABLE record (id INT PRIMARY KEY, number INT NOT NULL)");
      for (int key = 1; key <= KEYS; key++) {
        connection.createStatement().execute("INSERT INTO record VALUES (" + key + ", 0)");
        NUMBERS.put(String.valueOf(key), 0);
      }
    }
    server
        .rules(
            """
            {"rules": [{"name": "r", "key": "record/{id}", "read": "/record/{id:number}",
              "write": "/record/{id:number}", "required": true, "tag": %s}]}
            """
                .formatted(source))
        .attribute("db", database)
        .filter(new ConflictFilter(), Map.of("lockTimeoutMillis", "60000"))
        .handle("/record/*", this::handle)
        .start();
  }

  private void handle(HttpServletRequest request, HttpServletResponse response) throws Exception {
    String key = request.getPathInfo().substring(1);
    if (request.getMethod().equals("GET")) {
      int number = read(key);
      if (number % 3 == 0) {
        later(request.startAsync(), () -> show(number, response));
      } else {
        show(number, response);
      }
      return;
    }
    byte[] body = request.getInputStream().readAllBytes();
    if (body.length != request.getContentLength()) {
      throw new IOException("the client went away");
    }
    int number = Integer.parseInt(new String(body, StandardCharsets.ISO_8859_1));
    if (number % 4 != 0) {
      write(key, number);
      response.setStatus(204);
      return;
    }
    later(
        request.startAsync(),
        () -> {
          write(key, number);
          response.setStatus(204);
        });
  }

  private void later(AsyncContext context, Work work) {
    context.setTimeout(0);
    pool.execute(
        () -> {
          try {
            work.run();
          } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
          } finally {
            context.complete();
          }
        });
  }

  private static void show(int number, HttpServletResponse response) throws IOException {
    response.setContentType("text/plain");
    response.getOutputStream().print(String.valueOf(number));
  }

  private int read(String key) throws SQLException {
    if (!inDatabase) {
      return NUMBERS.get(key);
    }
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT number FROM record WHERE id = ?")) {
      select.setInt(1, Integer.parseInt(key));
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  private void write(String key, int number) throws SQLException {
    applied.incrementAndGet();
    if (!inDatabase) {
      lost.addAndGet(NUMBERS.put(key, number) == number - 1 ? 0 : 1);
      return;
    }
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE record SET number = ? WHERE id = ? AND number = ?")) {
      update.setInt(1, number);
      update.setInt(2, Integer.parseInt(key));
      update.setInt(3, number - 1);
      lost.addAndGet(update.executeUpdate() == 1 ? 0 : 1);
    }
  }

  /** The number is the tag. */
  public static final class NumberResolver implements StateResolver {

    @Override
    public SelectedRepresentation resolve(Map<String, String> variables) {
      EntityTag tag = EntityTag.strong("n" + NUMBERS.get(variables.get("id")));
      return SelectedRepresentation.present(tag, null);
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws SQLException, IOException;
  }
}
