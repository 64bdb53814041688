package io.github.conflictguard.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a body was compared or hashed, nothing of its answer tells. */
@Tag("container")
class RememberedBodiesTest {

  private static final int CLIENTS = 8;
  private static final int ROUNDS = 60;

  private static final String BODY = "{\"name\": \"Zo\u00eb \u20ac \ud83d\ude00\"}, ".repeat(3_000);

  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** What follows an answer that was given twice: the same, a part, more, and something else. */
  static Stream<String> next() {
    int half = BODY.length() / 2;
    return Stream.of(
        BODY,
        "",
        "{",
        BODY.substring(0, half),
        BODY.substring(0, BODY.length() - 1),
        BODY + "!",
        BODY.substring(0, BODY.length() - 1) + "!",
        "!" + BODY.substring(1),
        BODY.substring(0, half) + "!" + BODY.substring(half + 1),
        BODY.substring(half));
  }

  @ParameterizedTest
  @MethodSource("next")
  void everyTagIsThatOfItsBody(String next) throws Exception {
    start(Map.of());
    for (String body : List.of(BODY, BODY, BODY, next, BODY, BODY, next, next, next, BODY)) {
      for (String path : List.of("/bytes", "/chars")) {
        assertTagged(body, server.send("GET", path, "X-Body", keep(body)));
      }
    }
  }

  @Test
  void aCompletedAnswerThatIsKnownIsNotModified() throws Exception {
    start(Map.of());
    for (String path : List.of("/bytes", "/chars")) {
      for (int i = 0; i < 4; i++) {
        HttpResponse<String> answer =
            server.send("GET", path, "X-Body", keep(BODY), "If-None-Match", tagOf(BODY));
        assertEquals(304, answer.statusCode());
        assertEquals("", answer.body());
      }
    }
  }

  @Test
  void aWriteIsJudgedByTheBodyOfNow() throws Exception {
    start(Map.of());
    for (int i = 0; i < 3; i++) {
      server.send("GET", "/bytes", "X-Body", keep(BODY));
    }
    String other = keep(BODY + "!");
    String known = tagOf(BODY);
    assertEquals(
        200, server.send("PUT", "/bytes", "X-Body", keep(BODY), "If-Match", known).statusCode());
    assertEquals(
        412, server.send("PUT", "/bytes", "X-Body", other, "If-Match", known).statusCode());
  }

  /** Many readers of few resources whose bodies change, in less memory than these take. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "20000", "300000", "8388608"})
  void soIsEveryTagWhereManyReadAndMemoryIsShort(String memory) throws Exception {
    start(Map.of("rememberedBodies", memory));
    List<String> bodies = next().toList();
    List<String> kept = new ArrayList<>();
    bodies.forEach(body -> kept.add(keep(body)));
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        Random random = new Random(client);
        work.add(
            clients.submit(
                () -> {
                  for (int round = 0; round < ROUNDS; round++) {
                    int which = random.nextInt(bodies.size());
                    String path = (which % 2 == 0 ? "/bytes?r=" : "/chars?r=") + random.nextInt(3);
                    for (int again = random.nextInt(4); again >= 0; again--) {
                      assertTagged(
                          bodies.get(which), server.send("GET", path, "X-Body", kept.get(which)));
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> one : work) {
        one.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static void assertTagged(String body, HttpResponse<String> answer) throws Exception {
    assertEquals(body, answer.body());
    assertEquals(tagOf(body), answer.headers().firstValue("ETag").orElse("none"));
  }

  private static String tagOf(String body) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8));
    return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
  }

  private final List<String> bodies = new ArrayList<>();

  /** The name of a body, under which the servlet finds it. */
  private String keep(String body) {
    synchronized (bodies) {
      if (!bodies.contains(body)) {
        bodies.add(body);
      }
      return String.valueOf(bodies.indexOf(body));
    }
  }

  private void start(Map<String, String> settings) throws Exception {
    server
        .filter(new ConflictFilter(), settings)
        .handle(
            "/bytes",
            (request, response) -> {
              prepare(response);
              byte[] body = body(request.getHeader("X-Body")).getBytes(UTF_8);
              OutputStream out = response.getOutputStream();
              for (int from = 0, to; from < body.length; from = to) {
                to = Math.min(body.length, from + 1 + (from * 7) % 5_000);
                out.write(body, from, to - from);
              }
            })
        .handle(
            "/chars",
            (request, response) -> {
              prepare(response);
              String body = body(request.getHeader("X-Body"));
              Writer out = response.getWriter();
              for (int from = 0, to; from < body.length(); from = to) {
                to = Math.min(body.length(), from + 1 + (from * 7) % 5_000);
                out.write(body, from, to - from);
              }
            })
        .start();
  }

  private static void prepare(HttpServletResponse response) throws IOException {
    response.setContentType("application/json");
    response.setCharacterEncoding("UTF-8");
  }

  private String body(String name) {
    synchronized (bodies) {
      return bodies.get(Integer.parseInt(name));
    }
  }
}
