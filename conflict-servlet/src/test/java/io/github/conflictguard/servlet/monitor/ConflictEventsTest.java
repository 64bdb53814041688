package io.github.conflictguard.servlet.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictListener;
import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.recorder.Recorder;
import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.Note;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever watches an application learns of every conflict, and cannot get in the way of one. */
@Tag("container")
class ConflictEventsTest {

  private static final Logger LOG = Logger.getLogger(ConflictFilter.class.getName());
  private static final SQLException DUPLICATE =
      new SQLException("Duplicate entry 'ada@example.org'", "23505");
  private static final String RULES =
      "{\"rules\": [{\"name\": \"people\", \"write\": \"/x\", \"mode\": \"%s\"}]}";

  private final Log log = new Log();
  private final List<ConflictEvent> events = new CopyOnWriteArrayList<>();
  private final FilterServer server = new FilterServer();

  @BeforeEach
  void listenToTheLog() {
    LOG.addHandler(log);
  }

  @AfterEach
  void stop() throws Exception {
    LOG.removeHandler(log);
    server.close();
  }

  @Test
  void theLogHasOneLineWithTheInstanceAndTheWholeCause() throws Exception {
    ServletException thrown = new ServletException(DUPLICATE);
    start(
        "protect",
        (request, response) -> {
          throw thrown;
        });
    String instance = problem(server.send("PUT", "/x")).get("instance").asText();
    server.awaitIdle();
    LogRecord line = log.only("conflict ");
    assertEquals(
        "conflict kind=duplicate-key status=409 answered=true found=thrown rule=people handler=-"
            + " method=PUT path=/app/x resource=/x constraint=- instance="
            + instance,
        line.getMessage());
    assertEquals(Level.INFO, line.getLevel());
    assertSame(thrown, rootOf(line.getThrown(), thrown));
  }

  @Test
  void preconditionsAreToldAsWell() throws Exception {
    start("protect", new Note("{}"));
    server.sendBody("PUT", "/x", "{}", "If-Match", "\"old\"");
    server.sendBody("PUT", "/x", "{}", "If-Match", "old");
    server.awaitIdle();
    assertEquals(
        List.of(
            "stale-version 412 PRECONDITION true", "malformed-precondition 400 PRECONDITION true"),
        events.stream().map(ConflictEventsTest::shown).toList());
    assertNull(events.get(0).thrown());
  }

  @Test
  void whatIsOnlyObservedIsToldAsSuch() throws Exception {
    start(
        "observe",
        (request, response) -> {
          throw DUPLICATE;
        });
    assertEquals(500, server.send("PUT", "/x").statusCode());
    server.awaitIdle();
    assertEquals(
        List.of("duplicate-key 409 THROWN false"),
        events.stream().map(ConflictEventsTest::shown).toList());
    assertTrue(log.only("conflict ").getMessage().contains(" answered=false "));
  }

  @Test
  void aPreconditionThatIsOnlyObservedIsToldAsSuch() throws Exception {
    start("observe", new Note("{}"));
    assertEquals(204, server.sendBody("PUT", "/x", "{}", "If-Match", "\"old\"").statusCode());
    assertEquals(
        List.of("stale-version 412 PRECONDITION false"),
        events.stream().map(ConflictEventsTest::shown).toList());
  }

  @Test
  void jmxCountsByRuleKindAndHandler() throws Exception {
    GuardPolicy guarded = GuardPolicy.builder().handler("People.save").build();
    start(
        "protect",
        (request, response) -> {
          if (request.getParameter("guarded") != null) {
            ConflictGuard.run(
                guarded,
                () -> {
                  throw DUPLICATE;
                });
          }
          throw new SQLException("m", request.getParameter("state"));
        });
    for (String query : new String[] {"guarded", "state=23505", "state=23505", "state=40001"}) {
      assertEquals(409, server.send("PUT", "/x?" + query).statusCode());
    }
    server.send("POST", "/other?state=23505");
    server.send("POST", "/other?state=23502");
    server.awaitIdle();
    assertEquals(
        List.of(
            "- duplicate-key - 1 0",
            "people duplicate-key - 2 0",
            "people duplicate-key People.save 1 0",
            "people transient - 1 0"),
        countedByJmx());
  }

  @Test
  void jmxTellsWhatWasAnsweredFromWhatWasOnlySeen() throws Exception {
    start(
        "protect",
        (request, response) -> {
          if (request.getParameter("sent") != null) {
            response.getOutputStream().print("sent");
            response.flushBuffer();
          }
          throw DUPLICATE;
        });
    server.send("PUT", "/x");
    try {
      server.send("PUT", "/x?sent");
    } catch (java.io.IOException e) {
      // The container has cut the answer off, as it would have without the filter.
    }
    server.awaitIdle();
    assertEquals(List.of("people duplicate-key - 1 1"), countedByJmx());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eventIsToldAfterTheAnswerWasWritten(boolean precondition) throws Exception {
    AtomicBoolean written = new AtomicBoolean();
    List<Boolean> writtenAtEvent = new CopyOnWriteArrayList<>();
    server.filter(new WritingFilter(() -> written.set(true)));
    start(
        (ConflictListener) event -> writtenAtEvent.add(written.get()),
        (request, response) -> {
          throw DUPLICATE;
        });
    send(precondition);
    server.awaitIdle();
    assertEquals(List.of(true), writtenAtEvent);
  }

  /** As where a class of the answer is missing, or the client has gone. */
  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void answerThatCannotBeWrittenIsNotToldAsAnswered(boolean precondition, boolean error)
      throws Exception {
    server.filter(
        new WritingFilter(
            () -> {
              if (error) {
                throw new NoClassDefFoundError("gone");
              }
              throw new UncheckedIOException(new IOException("closed"));
            }));
    start(
        "protect",
        (request, response) -> {
          throw DUPLICATE;
        });
    try {
      send(precondition);
    } catch (IOException e) {
      // Some containers cut the connection.
    }
    server.awaitIdle();
    assertEquals(
        List.of(
            precondition
                ? "stale-version 412 PRECONDITION false"
                : "duplicate-key 409 THROWN false"),
        events.stream().map(ConflictEventsTest::shown).toList());
    assertTrue(log.only("conflict ").getMessage().contains(" answered=false "));
  }

  @Test
  void aSwallowedConflictWhoseAnswerCannotBeWrittenIsToldOnce() throws Exception {
    server.filter(
        new WritingFilter(
            () -> {
              throw new UncheckedIOException(new IOException("closed"));
            }));
    start(
        "protect",
        (request, response) -> {
          request.setAttribute("failure", DUPLICATE);
          response.setStatus(500);
        });
    try {
      send(false);
    } catch (IOException e) {
      // Some containers cut the connection.
    }
    server.awaitIdle();
    assertEquals(
        List.of("duplicate-key 409 ATTRIBUTE false"),
        events.stream().map(ConflictEventsTest::shown).toList());
  }

  private void send(boolean precondition) throws Exception {
    if (precondition) {
      server.sendBody("PUT", "/x", "{}", "If-Match", "\"old\"");
    } else {
      server.sendBody("PUT", "/x", "{}");
    }
  }

  @Test
  void aListenerThatFailsDisturbsNobody() throws Exception {
    ConflictListener failing =
        event -> {
          throw new IllegalStateException("listener");
        };
    ConflictListener broken =
        event -> {
          throw new StackOverflowError();
        };
    List<Object> listeners =
        Arrays.asList(failing, broken, "no listener", null, (ConflictListener) events::add);
    start(
        listeners,
        (request, response) -> {
          throw DUPLICATE;
        });
    assertEquals("duplicate-key", problem(server.send("PUT", "/x")).get("kind").asText());
    server.awaitIdle();
    assertEquals(1, events.size());
    assertEquals(4, log.count("A listener failed at conflict kind=duplicate-key"));
  }

  @Test
  void aListOfListenersThatCannotBeReadDisturbsNobody() throws Exception {
    Iterable<ConflictListener> broken =
        () -> {
          throw new java.util.ConcurrentModificationException();
        };
    start(
        broken,
        (request, response) -> {
          throw DUPLICATE;
        });
    assertEquals("duplicate-key", problem(server.send("PUT", "/x")).get("kind").asText());
  }

  /** It comes after the lock was given back. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aListenerThatBlocksHoldsUpItsOwnRequestAlone(boolean swallowed) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    ConflictListener blocking =
        event -> {
          if (event.path().endsWith("first")) {
            begun.countDown();
            await(done);
          }
        };
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      server.rules(
          "{\"rules\": [{\"name\": \"p\", \"key\": \"one\", \"write\": [\"/x/*\"],"
              + " \"lockTimeoutMillis\": 0}]}");
      start(
          Map.of(),
          blocking,
          (request, response) -> {
            if (request.getMethod().equals("GET")) {
              response.setStatus(200);
            } else if (swallowed) {
              Recorder.note(DUPLICATE);
              response.sendError(500);
            } else {
              throw DUPLICATE;
            }
          });
      Future<HttpResponse<String>> first =
          thread.submit(() -> server.sendBody("PUT", "/x/first", "{}", "If-Match", "*"));
      assertTrue(begun.await(30, TimeUnit.SECONDS));
      // On a connection of its own: the first client has its answer, the connection is still busy.
      try (RawClient client = new RawClient(server.port())) {
        client.ask("PUT", "/x/second", "HTTP/1.1", "If-Match: *", "Content-Length: 0");
        RawAnswer second = client.answer("PUT");
        assertTrue(second.text().contains("\"duplicate-key\""), second.text());
      }
      done.countDown();
      assertEquals("duplicate-key", problem(first.get()).get("kind").asText());
    } finally {
      done.countDown();
      thread.shutdownNow();
    }
  }

  /** Some loggers write on the thread of the request, and let it feel what goes wrong. */
  @Test
  void anExceptionThatCannotBePrintedIsAnsweredAllTheSame() throws Exception {
    log.formatter = new SimpleFormatter();
    AtomicReference<Throwable> next = new AtomicReference<>();
    start(
        "protect",
        (request, response) -> {
          throw next.get();
        });
    for (Throwable hostile :
        List.of(new Hostile("23505"), new ServletException("m", new Hostile("23505")))) {
      next.set(hostile);
      assertEquals("duplicate-key", problem(server.send("PUT", "/x")).get("kind").asText());
    }
    server.awaitIdle();
    assertEquals(2, events.size());
    assertEquals(2, log.count("conflict kind=duplicate-key"), "at least the line is written");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anExceptionThatCannotBePrintedIsFoundWhereverItWasLeft(boolean attribute) throws Exception {
    log.formatter = new SimpleFormatter();
    Hostile hostile = new Hostile("23505");
    start(
        "protect",
        (request, response) -> {
          if (attribute) {
            request.setAttribute("exception", hostile);
          } else {
            Recorder.note(hostile);
          }
          response.sendError(500);
        });
    assertEquals("duplicate-key", problem(server.send("PUT", "/x")).get("kind").asText());
    server.awaitIdle();
    assertSame(hostile, events.get(0).thrown());
  }

  @Test
  void anExceptionThatSaysNothingReliableIsNoConflict() throws Exception {
    server.rules(
        """
        {"conflicts": [{"exception": "java.sql.SQLException", "message": "taken",
          "kind": "wrong-state"}], "rules": []}
        """);
    start(
        Map.of(),
        List.of(),
        (request, response) -> {
          throw new Hostile("00000");
        });
    assertEquals(500, server.send("PUT", "/x").statusCode());
  }

  private List<String> countedByJmx() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name =
        beans
            .queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null)
            .iterator()
            .next();
    List<String> counted = new ArrayList<>();
    for (CompositeData each : (CompositeData[]) beans.getAttribute(name, "Conflicts")) {
      counted.add(
          "%s %s %s %s %s"
              .formatted(
                  each.get("rule"),
                  each.get("kind"),
                  each.get("handler"),
                  each.get("answered"),
                  each.get("observed")));
    }
    return counted;
  }

  private void start(String mode, Handler handler) throws Exception {
    server.rules(RULES.formatted(mode));
    start(Map.of(), (ConflictListener) events::add, handler);
  }

  private void start(Object listeners, Handler handler) throws Exception {
    start(Map.of(), listeners, handler);
  }

  private void start(Map<String, String> initParams, Object listeners, Handler handler)
      throws Exception {
    server
        .attribute(ConflictFilter.LISTENERS, listeners)
        .filter(new ConflictFilter(), initParams)
        .handle("/*", handler)
        .start();
  }

  private static String shown(ConflictEvent event) {
    return event.kind() + " " + event.status() + " " + event.found() + " " + event.isAnswered();
  }

  /** Some containers wrap what a servlet throws. */
  private static Throwable rootOf(Throwable logged, Throwable wanted) {
    Throwable next = logged;
    while (next != wanted && next.getCause() != null) {
      next = next.getCause();
    }
    return next;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonNode problem(HttpResponse<String> answer) throws Exception {
    assertEquals(409, answer.statusCode(), answer.body());
    return new ObjectMapper().readTree(answer.body());
  }

  /** Nothing can be asked of it but its SQLState. */
  private static final class Hostile extends SQLException {

    private static final long serialVersionUID = 1L;

    Hostile(String state) {
      super("m", state);
    }

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause");
    }

    @Override
    public Iterator<Throwable> iterator() {
      throw new IllegalStateException("no iterator");
    }

    @Override
    public String toString() {
      throw new StackOverflowError();
    }
  }

  /** Remembers what was logged, and prints it first where there is a formatter. */
  private static final class Log extends java.util.logging.Handler {

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private volatile java.util.logging.Formatter formatter;

    @Override
    public void publish(LogRecord record) {
      if (formatter != null) {
        formatter.format(record);
      }
      records.add(record);
    }

    LogRecord only(String start) {
      List<LogRecord> found =
          records.stream().filter(record -> record.getMessage().startsWith(start)).toList();
      assertEquals(1, found.size());
      return found.get(0);
    }

    long count(String start) {
      return records.stream().filter(record -> record.getMessage().startsWith(start)).count();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Runs something at the first byte of a body. */
  private static final class WritingFilter implements Filter {

    private final Runnable atFirstByte;

    WritingFilter(Runnable atFirstByte) {
      this.atFirstByte = atFirstByte;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(
          request,
          new HttpServletResponseWrapper((HttpServletResponse) response) {
            @Override
            public ServletOutputStream getOutputStream() throws IOException {
              ServletOutputStream stream = super.getOutputStream();
              return new ServletOutputStream() {
                @Override
                public void write(int b) throws IOException {
                  write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                  atFirstByte.run();
                  stream.write(bytes, from, length);
                }

                @Override
                public boolean isReady() {
                  return stream.isReady();
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                  stream.setWriteListener(listener);
                }
              };
            }
          });
    }
  }
}
