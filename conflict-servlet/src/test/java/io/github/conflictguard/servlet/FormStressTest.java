package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many people save the same records by forms: with tokens, without them out of the memory of their
 * sessions, twice, from old pages, and with mistakes. The records themselves notice when one is
 * overwritten by a number that does not follow it.
 */
@Tag("container")
class FormStressTest {

  private static final int WRITERS = 12;
  private static final int RECORDS = 8;
  private static final int SAVES = Math.max(10, Integer.getInteger("stress.increments", 100) / 2);

  private static final Pattern PAGE =
      Pattern.compile("name=number value=(\\d+)>.*value=\"([A-Za-z0-9_-]+)\"></form>");

  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger applied = new AtomicInteger();
  private final ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
    pool.shutdown();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"tag\": \"form\"",
        "\"tag\": \"form\", \"allowInternalGet\": true",
        "\"tag\": \"form\", \"forms\": {\"tokenIn\": \"query\"}",
        "\"tag\": \"counter\", \"forms\": true"
      })
  void noSaveIsLost(String tag) throws Exception {
    start(tag);
    List<Future<Integer>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      Random random = new Random(writer);
      writers.add(pool.submit(() -> save(random)));
    }
    int confirmed = 0;
    for (Future<Integer> writer : writers) {
      confirmed += writer.get();
    }
    assertEquals(0, lost.get(), "lost updates");
    assertEquals(WRITERS * SAVES, confirmed);
    assertEquals(confirmed, applied.get());
  }

  private int save(Random random) throws Exception {
    String session =
        server.send("GET", "/login").headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    int confirmed = 0;
    while (confirmed < SAVES) {
      String id = String.valueOf(1 + random.nextInt(RECORDS));
      Matcher page = read(id, session);
      if (random.nextInt(4) == 0) {
        // Shown again, and the older page is used.
        read(id, session);
      }
      int number = Integer.parseInt(page.group(1)) + 1;
      String token = random.nextInt(5) == 0 ? null : page.group(2);
      if (token == null) {
        number = Integer.parseInt(read(id, session).group(1)) + 1;
      }
      if (random.nextInt(6) == 0) {
        HttpResponse<String> refused = post(id, "-1", token, session);
        assertTrue(refused.statusCode() == 200 || refused.statusCode() == 412, refused.body());
        continue;
      }
      HttpResponse<String> first = post(id, String.valueOf(number), token, session);
      assertTrue(first.statusCode() == 302 || first.statusCode() == 412, first.body());
      if (first.statusCode() == 302) {
        confirmed++;
        if (token != null && random.nextInt(3) == 0) {
          assertEquals(302, post(id, String.valueOf(number), token, session).statusCode());
        }
      }
    }
    return confirmed;
  }

  private Matcher read(String id, String session) throws Exception {
    String page = server.send("GET", "/edit?id=" + id, "Cookie", session).body();
    Matcher found =
        PAGE.matcher(
            page.replaceAll(
                "action=save\\?_conflictguard=([^>]+)>(.*)</form>", ">$2value=\"$1\"></form>"));
    assertTrue(found.find(), page);
    return found;
  }

  private HttpResponse<String> post(String id, String number, String token, String session)
      throws Exception {
    return server.sendBody(
        "POST",
        "/save",
        "id=" + id + "&number=" + number + (token == null ? "" : "&_conflictguard=" + token),
        "Cookie",
        session,
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  private void start(String tag) throws Exception {
    for (int id = 1; id <= RECORDS; id++) {
      numbers.put(String.valueOf(id), 0);
    }
    server
        .rules(
            """
            {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id:number}",
              "write": "POST /save?form.id={id:number}", "required": true, %s}]}
            """
                .formatted(tag))
        .filter(new ConflictFilter(), Map.of("lockTimeoutMillis", "60000"))
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/edit", this::show)
        .handle("/save", this::save)
        .start();
  }

  private void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String id = request.getParameter("id");
    Integer now = numbers.get(id);
    Thread.yield();
    response.setContentType("text/html");
    response
        .getWriter()
        .print(
            "<form method=post action=save><input type=hidden name=id value="
                + id
                + "><input name=number value="
                + now
                + "></form>");
  }

  private void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
    int number = Integer.parseInt(request.getParameter("number"));
    if (number < 0) {
      show(request, response);
      return;
    }
    applied.incrementAndGet();
    lost.addAndGet(numbers.put(request.getParameter("id"), number) == number - 1 ? 0 : 1);
    Thread.yield();
    response.sendRedirect("edit?id=" + request.getParameter("id"));
  }
}
