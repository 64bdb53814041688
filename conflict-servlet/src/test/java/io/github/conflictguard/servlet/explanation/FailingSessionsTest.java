package io.github.conflictguard.servlet.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictListener;
import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sessions are stored in another server, which stops responding during a request. */
@Tag("container")
class FailingSessionsTest {

  private final FilterServer server = new FilterServer();
  private final List<ConflictEvent> conflicts = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "token"})
  void theAnswersAreThoseOfWorkingSessions(String monitor) throws Exception {
    ConflictListener listener = conflicts::add;
    server
        .rules(
            """
            {"rules": [{"name": "r", "key": "r", "read": "/r", "write": "/r", "tag": "counter"}]}
            """)
        .attribute(ConflictFilter.LISTENERS, listener)
        .filter(
            (request, response, chain) ->
                chain.doFilter(
                    new HttpServletRequestWrapper((HttpServletRequest) request) {
                      private int calls;

                      @Override
                      public boolean isRequestedSessionIdValid() {
                        if (getMethod().equals("PUT") && calls++ > 0) {
                          throw new IllegalArgumentException("the sessions do not respond");
                        }
                        return super.isRequestedSessionIdValid();
                      }
                    },
                    response))
        .filter(new ConflictFilter(), Map.of("monitor", monitor))
        .handle("/r", (request, response) -> response.getWriter().print("done"))
        .start();
    String tag = server.send("GET", "/r").headers().firstValue("ETag").orElseThrow();
    assertEquals(200, server.sendBody("PUT", "/r", "x", "If-Match", tag).statusCode());
    assertEquals(412, server.sendBody("PUT", "/r", "x", "If-Match", tag).statusCode());
    server.awaitIdle();
    assertEquals(1, conflicts.size());
    assertTrue(conflicts.get(0).isAnswered());
  }
}
