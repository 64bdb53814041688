package io.github.conflictguard.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send their bodies slowly do not keep others from a record, or a server busy. */
@Tag("container")
@Timeout(120)
class SlowClientTest {

  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final String LONG = "Content-Length: 1000000";

  private final Note note = new Note("{\"n\":0}");
  private final AtomicInteger reading = new AtomicInteger();
  private final CountDownLatch failed = new CountDownLatch(1);
  private final AtomicBoolean overlap = new AtomicBoolean();
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final List<Socket> sockets = new ArrayList<>();
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
    pool.shutdown();
  }

  @Test
  void smallBodiesAreReadBeforeTheLockIsTaken() throws Exception {
    start(Map.of("lockTimeoutMillis", "0"));
    for (int i = 0; i < 20; i++) {
      send("PUT", "If-Match: *", "Content-Length: 100000");
    }
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> fast = put("If-Match", "*");
      assertEquals(204, fast.statusCode(), fast.body());
    }
    assertEquals(20, note.writes.get());
  }

  @Test
  void smallBodiesOfUnknownLengthAreReadBeforeTheLockIsTaken() throws Exception {
    start(Map.of("lockTimeoutMillis", "0"));
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      slow.add(send("PUT", "If-Match: *", CHUNKED));
      slow.get(i).getOutputStream().write("2\r\n{}\r\n".getBytes(ISO_8859_1));
    }
    for (int i = 0; i < 20; i++) {
      assertEquals(204, put("If-Match", "*").statusCode());
    }
    slow.get(7).getOutputStream().write("1\r\n \r\n0\r\n\r\n".getBytes(ISO_8859_1));
    assertEquals("HTTP/1.1 204", statusOf(slow.get(7)));
    assertEquals("{} ", note.text());
  }

  @Test
  void aLongBodyOfUnknownLengthArrivesAsAWhole() throws Exception {
    start(Map.of());
    Socket client = send("PUT", "If-Match: *", CHUNKED);
    String part = "0123456789abcdef".repeat(4096);
    for (int i = 0; i < 10; i++) {
      client.getOutputStream().write(("10000\r\n" + part + "\r\n").getBytes(ISO_8859_1));
    }
    client.getOutputStream().write("0\r\n\r\n".getBytes(ISO_8859_1));
    assertEquals("HTTP/1.1 204", statusOf(client));
    assertEquals(part.repeat(10), note.text());
  }

  /** With the whole time for each of them it would be more than a minute. */
  @Test
  @Timeout(60)
  void manySlowWritesInARowDelayOthersLittleLongerThanOne() throws Exception {
    start(Map.of("slowClientMillis", "8000", "lockTimeoutMillis", "600000"));
    for (int i = 0; i < 12; i++) {
      send("PUT", "If-Match: *", LONG);
    }
    awaitReading(1);
    assertEquals(204, put("If-Match", "*").statusCode());
  }

  @Test
  void aBodyThatWasReadBeforeTheLockArrivesByteForByte() throws Exception {
    start(Map.of());
    Socket slow = send("PUT", "If-Match: *", "Content-Length: 8", "Content-Type: application/json");
    for (byte each : "{\"n\":42}".getBytes(ISO_8859_1)) {
      slow.getOutputStream().write(each);
      slow.getOutputStream().flush();
    }
    assertEquals("HTTP/1.1 204", statusOf(slow));
    assertEquals("{\"n\":42}", note.text());
  }

  @Test
  void aConditionalWriteWhoseBodyDoesNotComeIsEndedWhenOthersWait() throws Exception {
    start(Map.of("slowClientMillis", "300", "lockTimeoutMillis", "60000"));
    Socket slow = send("PUT", "If-Match: *", LONG);
    awaitReading(1);
    assertEquals(204, put("If-Match", "*").statusCode());
    assertEquals("{}", note.text());
    // The container's read ends when something comes.
    slow.getOutputStream().write("{".getBytes(ISO_8859_1));
    assertTrue(failed.await(60, TimeUnit.SECONDS));
    assertEquals("HTTP/1.1 408", statusOf(slow));
    assertEquals("{}", note.text());
    assertEquals(204, put("If-Match", "*").statusCode(), "the lock was given back twice");
  }

  @Test
  void aBodyThatComesByteByByteIsEndedAfterTheSameTime() throws Exception {
    start(Map.of("slowClientMillis", "300", "lockTimeoutMillis", "60000"));
    Socket slow = send("PUT", "If-Match: *", LONG);
    awaitReading(1);
    AtomicBoolean stop = new AtomicBoolean();
    Future<?> dribble = pool.submit(() -> dribble(slow, stop));
    assertEquals(204, put("If-Match", "*").statusCode());
    assertTrue(failed.await(60, TimeUnit.SECONDS));
    stop.set(true);
    dribble.get();
    assertEquals("{}", note.text());
  }

  @Test
  void aSlowConditionalWriteAloneIsLeftAlone() throws Exception {
    start(Map.of("slowClientMillis", "0"));
    Socket slow = send("PUT", "If-Match: *", LONG);
    awaitReading(1);
    String part = "0123456789".repeat(10_000);
    for (int i = 0; i < 10; i++) {
      slow.getOutputStream().write(part.getBytes(ISO_8859_1));
      slow.getOutputStream().flush();
    }
    assertEquals("HTTP/1.1 204", statusOf(slow));
    assertEquals(part.repeat(10), note.text());
  }

  @Test
  void anUnconditionalWriteHoldsNothingWhileItsBodyIsOnItsWay() throws Exception {
    start(Map.of("lockTimeoutMillis", "60000"));
    Socket slow = send("PUT", "Content-Length: 7");
    awaitReading(1);
    for (int i = 0; i < 5; i++) {
      assertEquals(204, put("If-Match", "*").statusCode());
    }
    slow.getOutputStream().write("{\"n\":9}".getBytes(ISO_8859_1));
    assertEquals("HTTP/1.1 204", statusOf(slow));
    assertEquals("{\"n\":9}", note.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/reader", "/parameters"})
  void theSameHoldsForReadersAndForParameters(String path) throws Exception {
    start(Map.of("lockTimeoutMillis", "60000"));
    Socket slow =
        sendTo(
            path,
            "POST",
            "Content-Length: 3",
            "Content-Type: application/x-www-form-urlencoded;charset=UTF-8");
    awaitReading(1);
    HttpResponse<String> fast =
        server.sendBody("POST", path, "n=1", "If-Match", "*", "Content-Type", "text/plain");
    assertEquals(204, fast.statusCode(), fast.body());
    slow.getOutputStream().write("n=2".getBytes(ISO_8859_1));
    assertEquals("HTTP/1.1 204", statusOf(slow));
    assertEquals("n=2", note.text());
  }

  @Test
  void noTwoConditionalWritesRunTogetherWhereSlowOnesAreEnded() throws Exception {
    start(Map.of("slowClientMillis", "0", "lockTimeoutMillis", "60000"));
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      writers.add(pool.submit(this::writeInPieces));
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    assertFalse(overlap.get());
    assertEquals(204, put("If-Match", "*").statusCode());
  }

  private Void writeInPieces() throws Exception {
    for (int i = 0; i < 25; i++) {
      String length = "Content-Length: 300000";
      try (Socket socket = open("/note", "PUT", "If-Match: *", length, "Connection: close")) {
        for (int piece = 0; piece < 3; piece++) {
          socket.getOutputStream().write(new byte[100_000]);
          Thread.yield();
        }
        String status = statusOf(socket);
        assertTrue(status.equals("HTTP/1.1 204") || status.equals("HTTP/1.1 408"), status);
      } catch (IOException e) {
        // It was ended, and the connection with it.
      }
    }
    return null;
  }

  @Test
  void ofManyWaitersMostAreRefusedAtOnceAndThreadsStayFree() throws Exception {
    start(Map.of("lockTimeoutMillis", "60000", "slowClientMillis", "60000", "lockWaiters", "32"));
    Socket slow = send("PUT", "If-Match: *", LONG);
    awaitReading(1);
    List<Socket> waiting = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      waiting.add(send("PUT", "If-Match: *", "Content-Length: 2", "Connection: close"));
      waiting.get(i).getOutputStream().write("{}".getBytes(ISO_8859_1));
    }
    ExecutorCompletionService<String> done = new ExecutorCompletionService<>(pool);
    waiting.forEach(socket -> done.submit(() -> statusOf(socket)));
    for (int i = 0; i < 60 - 16; i++) {
      assertEquals("HTTP/1.1 409", done.take().get());
    }
    assertNull(done.poll(), "half of 32 may wait for one record");
    assertEquals(200, server.send("GET", "/note").statusCode());
    slow.close();
    for (int i = 0; i < 16; i++) {
      assertEquals("HTTP/1.1 204", done.take().get());
    }
  }

  private void start(Map<String, String> settings) throws Exception {
    AtomicBoolean inside = new AtomicBoolean();
    server
        .filter(new ConflictFilter(), settings)
        .handle("/note", (request, response) -> write(request, response, inside))
        .handle("/reader", (request, response) -> note(response, text(request)))
        .handle("/parameters", this::parameters)
        .start();
  }

  private void write(HttpServletRequest request, HttpServletResponse response, AtomicBoolean inside)
      throws Exception {
    if (!request.getMethod().equals("PUT")) {
      note.handle(request, response);
      return;
    }
    byte[] body;
    try {
      reading.incrementAndGet();
      body = request.getInputStream().readAllBytes();
    } catch (IOException e) {
      failed.countDown();
      throw e;
    }
    boolean conditional = request.getHeader("If-Match") != null;
    overlap.compareAndSet(false, conditional && !inside.compareAndSet(false, true));
    Thread.yield();
    note(response, new String(body, StandardCharsets.UTF_8));
    if (conditional) {
      inside.set(false);
    }
  }

  private void parameters(HttpServletRequest request, HttpServletResponse response) {
    reading.incrementAndGet();
    note(response, "n=" + request.getParameter("n"));
  }

  private String text(HttpServletRequest request) throws IOException {
    reading.incrementAndGet();
    BufferedReader reader = request.getReader();
    return reader.readLine();
  }

  private void note(HttpServletResponse response, String text) {
    note.writes.incrementAndGet();
    note.changeTo(text);
    response.setStatus(204);
  }

  private HttpResponse<String> put(String... headers) throws Exception {
    return server.sendBody("PUT", "/note", "{}", headers);
  }

  private Void dribble(Socket slow, AtomicBoolean stop) throws InterruptedException {
    try {
      while (!stop.get() && failed.getCount() > 0) {
        slow.getOutputStream().write(' ');
        slow.getOutputStream().flush();
        failed.await(5, TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      // The server has closed the connection.
    }
    return null;
  }

  private Socket send(String method, String... headers) throws IOException {
    return sendTo("/note", method, headers);
  }

  private Socket sendTo(String path, String method, String... headers) throws IOException {
    Socket socket = open(path, method, headers);
    sockets.add(socket);
    return socket;
  }

  private Socket open(String path, String method, String... headers) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(60_000);
    String head = method + " /app" + path + " HTTP/1.1\r\nHost: office.example\r\n";
    String all = head + String.join("\r\n", headers) + "\r\n\r\n";
    socket.getOutputStream().write(all.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return socket;
  }

  private static String statusOf(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < "HTTP/1.1 200".length()) {
      int read = socket.getInputStream().read();
      if (read < 0) {
        throw new IOException("no answer, but '" + line + "'");
      }
      line.append((char) read);
    }
    return line.toString();
  }

  private void awaitReading(int count) {
    while (reading.get() < count) {
      Thread.onSpinWait();
    }
  }
}
