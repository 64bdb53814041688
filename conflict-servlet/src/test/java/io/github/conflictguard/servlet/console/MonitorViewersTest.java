package io.github.conflictguard.servlet.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.container.RawAnswer;
import io.github.conflictguard.servlet.container.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several viewers of one monitor, each with a connection that stays open. */
@Tag("container")
class MonitorViewersTest {

  private static final int VIEWERS = 6;
  private static final int POLLS = 20;

  private final MonitoredOffice office = new MonitoredOffice();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger asynchronous = new AtomicInteger();

  @AfterEach
  void stop() throws Exception {
    office.close();
  }

  @Test
  void viewersThatPollHoldNoThreadOfTheContainer() throws Exception {
    office.server.filter(
        (request, response, chain) -> {
          requests.incrementAndGet();
          held.incrementAndGet();
          try {
            chain.doFilter(request, response);
          } finally {
            held.decrementAndGet();
            asynchronous.addAndGet(request.isAsyncStarted() ? 1 : 0);
          }
        });
    office.startWithToken();
    assertEquals(412, office.collide("/orders/1", "ada", "bob").statusCode());
    String cookie = "Cookie: " + office.signIn();
    office.server.awaitIdle();
    requests.set(0);
    List<RawClient> viewers = new ArrayList<>();
    try {
      List<String> tags = new ArrayList<>();
      for (int i = 0; i < VIEWERS; i++) {
        viewers.add(new RawClient(office.server.port()));
        RawAnswer page = poll(viewers.get(i), cookie, "X: y");
        assertEquals("HTTP/1.1 200", status(page));
        tags.add(page.header("ETag"));
      }
      for (int poll = 0; poll < POLLS; poll++) {
        for (int i = 0; i < VIEWERS; i++) {
          RawAnswer same = poll(viewers.get(i), cookie, "If-None-Match: " + tags.get(i));
          assertEquals("HTTP/1.1 304", status(same));
          assertEquals(0, same.body().length);
        }
        office.server.awaitIdle();
        assertEquals(0, held.get(), "between two polls, with all connections open");
      }
    } finally {
      for (RawClient viewer : viewers) {
        viewer.close();
      }
    }
    assertEquals(VIEWERS * (POLLS + 1), requests.get());
    assertEquals(0, asynchronous.get());
  }

  private static RawAnswer poll(RawClient viewer, String... headers) throws Exception {
    return viewer.ask("GET", "/conflict-guard/", "HTTP/1.1", headers).answer("GET");
  }

  private static String status(RawAnswer answer) {
    return answer.statusLine().trim().substring(0, 12);
  }
}
