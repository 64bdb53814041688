package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictListener;
import io.github.conflictguard.event.RecoveryEvent;
import io.github.conflictguard.event.RetryEvent;
import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.guard.GuardedRecovery;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.container.Handler;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Attempts are told to listeners and counted, and configuration changes how many there are. */
@Tag("container")
class RetryEventsTest {

  private static final String HANDLER = RetryEventsTest.class.getName() + "#work(String)";

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger runs = new AtomicInteger();
  private final FilterServer server = new FilterServer();
  private boolean stopped;

  @AfterEach
  void stop() throws Exception {
    if (!stopped) {
      stopped = true;
      server.close();
    }
  }

  @Test
  void attemptsAreEventsAndCounters() throws Exception {
    long before = counted("repeated");
    start(HANDLER + "-1", 2);
    assertEquals(200, server.send("POST", "/x").statusCode());
    assertEquals(
        List.of("transient 1 REPEATED", "transient 2 REPEATED", "transient 2 SUCCEEDED"), told);
    assertEquals(before + 2, counted("repeated"));
    assertEquals(1, counted("succeeded"));
    assertEquals(0, counted("givenUp"));
  }

  @Test
  void whatIsGivenUpIsToldToo() throws Exception {
    start(HANDLER + "-2", 9);
    assertEquals(409, server.send("POST", "/x").statusCode());
    assertEquals(
        List.of("transient 1 REPEATED", "transient 2 REPEATED", "transient 3 GIVEN_UP"), told);
  }

  @Test
  void recoveriesAreEventsAndCounters() throws Exception {
    recovering(HANDLER + "-3", conflict -> conflict.kind().code());
    assertEquals("transient", server.send("POST", "/x").body());
    assertEquals("transient 3 GIVEN_UP", told.get(2));
    assertEquals("transient RECOVERED", told.get(3));
    assertEquals(4, told.size());
    assertEquals(1, counted("Recoveries", HANDLER + "-3", "recovered"));
    assertEquals(0, counted("Recoveries", HANDLER + "-3", "failed"));
  }

  @Test
  void recoveriesThatFailAreEventsAndCountersToo() throws Exception {
    recovering(
        HANDLER + "-4",
        conflict -> {
          throw new SQLException("no room", "40001");
        });
    assertEquals(409, server.send("POST", "/x").statusCode());
    assertTrue(told.contains("transient FAILED"), told.toString());
    assertEquals(1, counted("Recoveries", HANDLER + "-4", "failed"));
    assertEquals(0, counted("Recoveries", HANDLER + "-4", "recovered"));
  }

  @Test
  void recoveriesOfAsynchronousWorkCountWhenTheyEnd() throws Exception {
    CompletableFuture<String> instead = new CompletableFuture<>();
    recovering(HANDLER + "-5", conflict -> instead);
    server.send("POST", "/x");
    assertEquals(0, counted("Recoveries", HANDLER + "-5", "failed"));
    instead.completeExceptionally(new IllegalStateException("m"));
    assertEquals(1, counted("Recoveries", HANDLER + "-5", "failed"));
    assertTrue(told.contains("transient FAILED"), told.toString());
  }

  @Test
  void theRulesFileChangesTheNumberOfAttempts() throws Exception {
    overrides("**#work* attempts=5");
    start(HANDLER, 4);
    assertEquals(200, server.send("POST", "/x").statusCode());
    assertEquals(5, runs.get());
  }

  @Test
  void theRulesFileSwitchesAGuardOff() throws Exception {
    overrides(RetryEventsTest.class.getName() + "#work(java.lang.String) enabled=false");
    start(HANDLER, 1);
    assertEquals("SQLException", server.send("GET", "/x?catch").body());
    assertEquals(1, runs.get());
  }

  @Test
  void theRulesFileChangesTheKinds() throws Exception {
    overrides("**#work* except=transient");
    start(HANDLER, 1);
    assertEquals("SQLException", server.send("GET", "/x?catch").body());
  }

  @Test
  void overridesEndWithTheApplication() throws Exception {
    overrides("**#work* enabled=false");
    start(HANDLER, 1);
    stop();
    assertEquals(
        "done",
        ConflictGuard.call(
            policy(HANDLER),
            () -> {
              failUntil(2);
              return "done";
            }));
  }

  private void overrides(String override) throws Exception {
    server.rules("{\"overrides\": [\"" + override + "\"], \"rules\": []}");
  }

  private void recovering(String handler, GuardedRecovery<Object, SQLException> recovery)
      throws Exception {
    start(
        (request, response) -> {
          Object result =
              ConflictGuard.<Object, SQLException>call(
                  policy(handler),
                  () -> {
                    throw new SQLException("deadlock", "40001");
                  },
                  recovery);
          response.getWriter().print(result);
        });
  }

  private void start(String handler, int failures) throws Exception {
    start(
        (request, response) -> {
          try {
            ConflictGuard.run(policy(handler), () -> failUntil(failures + 1));
          } catch (SQLException | ConflictException e) {
            if (request.getQueryString() == null) {
              throw e;
            }
            response.getWriter().print(e.getClass().getSimpleName());
          }
        });
  }

  private void start(Handler work) throws Exception {
    ConflictListener listener =
        new ConflictListener() {
          @Override
          public void onConflict(ConflictEvent event) {
            // Others test that.
          }

          @Override
          public void onRetry(RetryEvent event) {
            told.add(event.cause() + " " + event.attempt() + " " + event.outcome());
          }

          @Override
          public void onRecovery(RecoveryEvent event) {
            told.add(event.cause() + " " + event.outcome());
          }
        };
    server
        .filter(new ConflictFilter(), Map.of())
        .attribute(ConflictFilter.LISTENERS, listener)
        .handle("/x", work)
        .start();
  }

  private static GuardPolicy policy(String handler) {
    return GuardPolicy.builder().handler(handler).retry(3, 0, 0, 0, 60_000).build();
  }

  private void failUntil(int run) throws SQLException {
    if (runs.incrementAndGet() < run) {
      throw new SQLException("deadlock", "40001");
    }
  }

  private long counted(String what) throws Exception {
    return counted("Retries", HANDLER + "-1", what);
  }

  private long counted(String attribute, String handler, String what) throws Exception {
    for (ObjectName name :
        beans.queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null)) {
      for (CompositeData each : (CompositeData[]) beans.getAttribute(name, attribute)) {
        if (handler.equals(each.get("handler"))) {
          return (Long) each.get(what);
        }
      }
    }
    return 0;
  }
}
