package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hidden fields that no two pages of one record have in common. */
@Tag("container")
class ChangingFieldsTest {

  private final FilterServer server = new FilterServer();
  private final ConflictFilter filter = new ConflictFilter();
  private final AtomicInteger pages = new AtomicInteger();
  private volatile String name = "Ada";
  private volatile String version = "1";
  private volatile Supplier<String> hidden = () -> "";

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"salt", "number", "clock", "name"})
  void hiddenFieldOfEachPageMakesNoFormOld(String sort) throws Exception {
    start(true, sort);
    FormUser ada = FormUser.loggedIn(server);
    assertEquals(302, ada.open("/edit?id=7").with("name", "A").send().statusCode());
    assertEquals(302, ada.open("/edit?id=7").with("name", "B").send().statusCode());
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/edit?id=7");
    assertEquals(302, ada.open("/edit?id=7").with("name", "C").send().statusCode());
    assertEquals(412, older.with("name", "D").send().statusCode());
    assertEquals("C", name);
  }

  /** Of the same value as before: nothing that anybody sees has changed. */
  @ParameterizedTest
  @ValueSource(strings = {"salt", "number", "clock", "name"})
  void hiddenFieldOfEachPageDoesNotHideThatNothingHasChanged(String sort) throws Exception {
    start(true, sort);
    FormUser ada = FormUser.loggedIn(server);
    FormUser bob = FormUser.loggedIn(server);
    FormUser.Filled older = bob.open("/edit?id=7");
    assertEquals(302, ada.open("/edit?id=7").send().statusCode());
    assertEquals(302, older.with("name", "B").send().statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"salt", "name"})
  void withoutInternalGetTheFirstOfTwoTabsCanStillBeSaved(String sort) throws Exception {
    start(false, sort);
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled first = ada.open("/edit?id=7");
    ada.open("/edit?id=7");
    assertEquals(302, first.with("name", "A").send().statusCode());
  }

  @Test
  void numberOfEachPageIsLearnt() throws Exception {
    start(false, "number");
    FormUser ada = FormUser.loggedIn(server);
    for (int i = 0; i < 4; i++) {
      ada.open("/edit?id=7");
    }
    FormUser.Filled first = ada.open("/edit?id=7");
    ada.open("/edit?id=7");
    assertEquals(302, first.with("name", "A").send().statusCode());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hiddenVersionThatAJobHasChangedMakesTheFormOld(boolean ask) throws Exception {
    start(ask, "version");
    FormUser ada = FormUser.loggedIn(server);
    FormUser.Filled form = ada.open("/edit?id=7");
    ada.open("/edit?id=7");
    version = "2";
    if (!ask) {
      ada.open("/edit?id=7");
    }
    assertEquals(412, form.with("name", "A").send().statusCode());
    assertEquals("Ada", name);
  }

  @Test
  void visibleFieldOfEachPageIsAValue() throws Exception {
    start(true, "visible");
    FormUser.Filled form = FormUser.loggedIn(server).open("/edit?id=7");
    assertEquals(412, form.with("name", "A").send().statusCode());
  }

  @Test
  void fieldIsNamedInAFinding() throws Exception {
    start(true, "salt");
    FormUser ada = FormUser.loggedIn(server);
    assertEquals(302, ada.open("/edit?id=7").with("name", "A").send().statusCode());
    String findings = findings();
    assertTrue(findings.contains("changing-field") && findings.contains("'salt'"), findings);
  }

  private static String findings() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName bean =
        beans
            .queryNames(new ObjectName("io.github.conflictguard:type=ConflictFilter,*"), null)
            .iterator()
            .next();
    StringBuilder all = new StringBuilder();
    for (CompositeData finding : (CompositeData[]) beans.getAttribute(bean, "Findings")) {
      all.append(finding.get("code")).append(' ').append(finding.get("found")).append('\n');
    }
    return all.toString();
  }

  private void start(boolean ask, String sort) throws Exception {
    hidden =
        () -> {
          int page = pages.incrementAndGet();
          switch (sort) {
            case "salt":
              return field("hidden", "salt", UUID.randomUUID().toString());
            case "number":
              return field("hidden", "page", String.valueOf(page));
            case "clock":
              return field("hidden", "opened", String.valueOf(System.currentTimeMillis()));
            case "name":
              return field("hidden", "f" + UUID.randomUUID(), "of 127.0.0.1");
            case "visible":
              return field("text", "page", String.valueOf(page));
            default:
              return field("hidden", "version", version);
          }
        };
    server
        .rules(
            """
            {"rules": [{"name": "r", "key": "record/{id}", "read": "/edit?id={id}",
              "write": "POST /save?form.id={id}", "tag": "form", "allowInternalGet": %s}]}
            """
                .formatted(ask))
        .filter(filter)
        .handle("/login", (request, response) -> request.getSession(true))
        .handle("/edit", this::show)
        .handle(
            "/save",
            (request, response) -> {
              name = request.getParameter("name");
              response.sendRedirect("edit?id=7");
            })
        .start();
  }

  private static String field(String type, String name, String value) {
    return "<input type=" + type + " name='" + name + "' value='" + value + "'>";
  }

  private void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .print(
            "<form action=save method=post>"
                + field("hidden", "id", "7")
                + hidden.get()
                + field("text", "name", name)
                + "</form>");
  }
}
