package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.guard.WovenGuard;
import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the filter is off, or only observes, guarded code is as it was before it was guarded. */
@Tag("container")
class SwitchedOffGuardTest {

  private static final GuardPolicy GUARDED =
      GuardPolicy.builder().lock("k").lockTimeoutMillis(0).retry(3, 0, 0, 0, 60_000).build();

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
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

  @ParameterizedTest
  @ValueSource(strings = {"enabled=false", "mode=off", "mode=observe"})
  void theApplicationCatchesWhatItHasThrown(String setting) throws Exception {
    start(setting);
    assertOff();
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "observe"})
  void aRuleSwitchesTheGuardsOfItsRequestsOff(String mode) throws Exception {
    server.rules("{\"rules\": [{\"name\": \"a\", \"write\": \"/x\", \"mode\": \"" + mode + "\"}]}");
    start("mode=protect");
    assertOff();
  }

  @ParameterizedTest
  @ValueSource(strings = {"enabled=false", "mode=off", "mode=observe"})
  void nothingIsLocked(String setting) throws Exception {
    Object[] none = {};
    server
        .filter(new ConflictFilter(), Map.of(setting.split("=")[0], setting.split("=")[1]))
        .handle(
            "/x",
            (request, response) ->
                response
                    .getWriter()
                    .print(WovenGuard.enter(GUARDED.toString(), null, none) == null))
        .start();
    assertEquals("true", server.send("POST", "/x").body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"enabled=false", "mode=off", "mode=observe"})
  void threadsThatTheApplicationStartsAreNotGuardedEither(String setting) throws Exception {
    SQLException failure = new SQLException("deadlock", "40001");
    AtomicReference<ClassLoader> application = new AtomicReference<>();
    server
        .filter(new ConflictFilter(), Map.of(setting.split("=")[0], setting.split("=")[1]))
        .handle("/x", (request, response) -> application.set(loaderOf(request)))
        .start();
    server.send("GET", "/x");
    assertSame(failure, leftOnThreadOf(application.get(), failure));
    assertNull(enteredOnThreadOf(application.get()));
    stop();
    assertEquals(ConflictException.class, leftOnThreadOf(application.get(), failure).getClass());
  }

  private static ClassLoader loaderOf(HttpServletRequest request) {
    ClassLoader own = request.getServletContext().getClassLoader();
    return own == null ? ConflictFilter.class.getClassLoader() : own;
  }

  private static Throwable leftOnThreadOf(ClassLoader application, Throwable failure)
      throws Exception {
    return onThreadOf(application, () -> WovenGuard.translate(failure, "handler=a#b()"));
  }

  private static Object enteredOnThreadOf(ClassLoader application) throws Exception {
    return onThreadOf(application, () -> WovenGuard.enter(GUARDED.toString(), null, new Object[0]));
  }

  private static <T> T onThreadOf(ClassLoader application, Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.setContextClassLoader(application);
    thread.start();
    return task.get();
  }

  @Test
  void theGuardsAreSwitchedWhileTheApplicationRuns() throws Exception {
    start("enabled=true");
    assertOn();
    switchTo(false);
    assertOff();
    switchTo(true);
    assertOn();
  }

  private void switchTo(boolean enabled) throws Exception {
    for (ObjectName name :
        beans.queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null)) {
      beans.setAttribute(name, new Attribute("Enabled", enabled));
    }
  }

  private void assertOn() throws Exception {
    runs.set(0);
    assertEquals("ConflictException", server.send("POST", "/x").body());
    assertEquals(3, runs.get());
  }

  private void assertOff() throws Exception {
    runs.set(0);
    assertEquals("SQLException", server.send("POST", "/x").body());
    assertEquals(1, runs.get());
  }

  private void start(String setting) throws Exception {
    server
        .filter(new ConflictFilter(), Map.of(setting.split("=")[0], setting.split("=")[1]))
        .handle(
            "/x",
            (request, response) -> {
              try {
                ConflictGuard.run(
                    GUARDED,
                    () -> {
                      runs.incrementAndGet();
                      throw new SQLException("deadlock", "40001");
                    });
              } catch (SQLException | ConflictException e) {
                response.getWriter().print(e.getClass().getSimpleName());
              }
            })
        .start();
  }
}
