package io.github.conflictguard.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A server with one number, which cuts connections: a kept one is closed when a write has been
 * read, before or after it is executed. A PUT replaces the number if its {@code If-Match} holds, a
 * POST adds to it.
 */
final class CuttingServer implements AutoCloseable {

  /** What happens to a write. */
  enum Fate {
    ANSWERED,
    CUT_BEFORE_EXECUTION,
    CUT_AFTER_EXECUTION
  }

  /** One request as it arrived. */
  record Arrived(String method, Map<String, String> headers, String body) {}

  private final ServerSocket socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  private final List<Socket> connections = new ArrayList<>();
  private final List<Fate> fates = new ArrayList<>();
  private final List<String> prepared = new ArrayList<>();
  private final List<Arrived> writes = new ArrayList<>();
  private final Map<String, String> answers = new HashMap<>();
  private final boolean keysHonoured;
  private int number;
  private int version = 1;
  private int executed;
  private Random random;
  private double share;

  CuttingServer(boolean keysHonoured) throws IOException {
    this.keysHonoured = keysHonoured;
    daemon(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/number";
  }

  /** Determines what happens to the next write. */
  synchronized CuttingServer next(Fate fate) {
    fates.add(fate);
    return this;
  }

  /** Sets the whole response to the next write, which is not executed. */
  synchronized CuttingServer nextAnswer(int status, String headers, String body) {
    prepared.add(message(status, headers, body));
    return this;
  }

  /** Cuts the connection of this share of all writes, in turns before and after the execution. */
  synchronized void cutAtRandom(long seed, double shareOfWrites) {
    random = new Random(seed);
    share = shareOfWrites;
  }

  synchronized List<Arrived> writes() {
    return List.copyOf(writes);
  }

  synchronized int executed() {
    return executed;
  }

  synchronized int number() {
    return number;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        synchronized (this) {
          connections.add(connection);
        }
        daemon(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      for (Arrived request = read(in); request != null; request = read(in)) {
        String answer = answer(request);
        if (answer == null) {
          return;
        }
        out.write(answer.getBytes(ISO_8859_1));
        out.flush();
      }
    } catch (IOException e) {
      // The client has closed the connection.
    }
  }

  private static Arrived read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        return null;
      }
      head.append((char) c);
    }
    String[] lines = head.toString().split("\r\n");
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1).trim());
    }
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    String body = new String(in.readNBytes(length), ISO_8859_1);
    return new Arrived(lines[0].split(" ")[0], headers, body);
  }

  /** Returns the response; null to cut the connection. */
  private synchronized String answer(Arrived request) {
    if (request.method().equals("GET")) {
      return message(200, tag() + "Content-Type: text/plain\r\n", Integer.toString(number));
    }
    writes.add(request);
    Fate fate = fate();
    if (fate == Fate.CUT_BEFORE_EXECUTION) {
      return null;
    }
    if (!prepared.isEmpty()) {
      return prepared.remove(0);
    }
    String key = keysHonoured ? request.headers().get("Idempotency-Key") : null;
    String answer = key == null ? execute(request) : answers.get(key);
    if (answer == null) {
      answer = execute(request);
      answers.put(key, answer);
    }
    return fate == Fate.CUT_AFTER_EXECUTION ? null : answer;
  }

  private Fate fate() {
    if (!fates.isEmpty()) {
      return fates.remove(0);
    }
    if (random == null || random.nextDouble() >= share) {
      return Fate.ANSWERED;
    }
    return random.nextBoolean() ? Fate.CUT_BEFORE_EXECUTION : Fate.CUT_AFTER_EXECUTION;
  }

  private String execute(Arrived request) {
    String condition = request.headers().get("If-Match");
    if (condition != null && !condition.equals("\"" + version + "\"")) {
      return message(
          412,
          tag() + "Content-Type: application/problem+json\r\n",
          "{\"kind\":\"stale-version\",\"retry\":{\"advice\":\"refresh-then-retry\"}}");
    }
    executed++;
    version++;
    switch (request.method()) {
      case "PUT" -> number = Integer.parseInt(request.body());
      case "DELETE" -> number = 0;
      default -> number += Integer.parseInt(request.body());
    }
    return message(200, tag(), "");
  }

  private String tag() {
    return "ETag: \"" + version + "\"\r\n";
  }

  private static String message(int status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + " X\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "cutting-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    synchronized (this) {
      for (Socket connection : connections) {
        connection.close();
      }
    }
  }
}
