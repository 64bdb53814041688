package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Switched off, the filter is not there. */
@Tag("container")
class SwitchTest {

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final Note note = new Note("{}");
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
    assertEquals(Set.of(), switches(), "nothing outlives the application");
  }

  @Test
  void aSettingSwitchesTheFilterOff() throws Exception {
    start(Map.of("enabled", "false", "requirePrecondition", "/*"));
    assertOff();
  }

  @Test
  void jmxSwitchesARunningFilterOffAndOnAgain() throws Exception {
    start(Map.of());
    ObjectName name = switches().iterator().next();
    assertEquals("\"/app\"", name.getKeyProperty("context"));
    assertTrue((Boolean) beans.getAttribute(name, "Enabled"));
    assertOn();
    beans.setAttribute(name, new Attribute("Enabled", false));
    assertOff();
    beans.setAttribute(name, new Attribute("Enabled", true));
    assertOn();
  }

  @Test
  void aSecondDeploymentWithTheSamePathHasASwitchOfItsOwn() throws Exception {
    try (FilterServer other = new FilterServer()) {
      other.filter(new ConflictFilter(), Map.of()).start();
      start(Map.of());
      assertEquals(2, switches().size());
      ObjectName second =
          switches().stream()
              .filter(name -> "2".equals(name.getKeyProperty("instance")))
              .findFirst()
              .orElseThrow();
      beans.setAttribute(second, new Attribute("Enabled", false));
      assertOff();
    }
    assertEquals(1, switches().size());
  }

  private void assertOn() throws Exception {
    assertTrue(server.send("GET", "/note").headers().firstValue("ETag").isPresent());
    assertEquals(412, server.sendBody("PUT", "/note", "{}", "If-Match", "\"x\"").statusCode());
    assertEquals(409, server.send("POST", "/conflict").statusCode());
  }

  private void assertOff() throws Exception {
    HttpResponse<String> read = server.send("GET", "/note", "If-None-Match", "*");
    assertEquals(200, read.statusCode());
    assertFalse(read.headers().firstValue("ETag").isPresent());
    assertEquals(204, server.sendBody("PUT", "/note", "{}", "If-Match", "\"x\"").statusCode());
    assertEquals(204, server.sendBody("PUT", "/note", "{}").statusCode());
    assertEquals(500, server.send("POST", "/conflict").statusCode());
  }

  private Set<ObjectName> switches() throws Exception {
    return beans.queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null);
  }

  private void start(Map<String, String> initParams) throws Exception {
    server
        .filter(new ConflictFilter(), initParams)
        .handle("/note", note)
        .handle(
            "/conflict",
            (request, response) -> {
              throw new SQLException("m", "23505");
            })
        .start();
  }
}
