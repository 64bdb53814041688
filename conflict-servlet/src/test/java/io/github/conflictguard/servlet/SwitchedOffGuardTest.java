package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.conflictguard.guard.ConflictException;
import io.github.conflictguard.guard.ConflictGuard;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.guard.WovenGuard;
import io.github.conflictguard.servlet.container.FilterServer;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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

  @AfterEach
  void stop() throws Exception {
    server.close();
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
    start(setting);
    SQLException failure = new SQLException("deadlock", "40001");
    assertSame(failure, WovenGuard.translate(failure, "handler=a#b()"));
    assertNull(WovenGuard.enter(GUARDED.toString(), null, new Object[0]));
    server.close();
    assertEquals(
        ConflictException.class, WovenGuard.translate(failure, "handler=a#b()").getClass());
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
