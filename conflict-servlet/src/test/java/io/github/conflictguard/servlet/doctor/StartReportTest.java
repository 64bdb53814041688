package io.github.conflictguard.servlet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.LogLines;
import io.github.conflictguard.servlet.SecurityFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the log says when the filter has started. */
@Tag("container")
class StartReportTest {

  private static final String START = "Conflict Guard in '/app': ";

  private final Logger logger = Logger.getLogger(ConflictFilter.class.getName());
  private final LogLines log = new LogLines();
  private final FilterServer server = new FilterServer().withDefaults();

  @BeforeEach
  void listen() {
    logger.addHandler(log);
  }

  @AfterEach
  void stop() throws Exception {
    logger.removeHandler(log);
    server.close();
  }

  @Test
  void withoutAnySettingItSaysSo() throws Exception {
    server.filter(new ConflictFilter()).start();
    List<String> report = report();
    assertTrue(report.get(0).matches("version \\d+\\.\\d+\\.\\S+ from \\S+"), report.get(0));
    assertEquals("mode protect; settings: none, all as they are by default", report.get(1));
    assertEquals(
        "rules: none, every path is a resource and its tag comes from its body; only writes that"
            + " carry a precondition are guarded, and no forms",
        report.get(2));
    assertEquals(
        "order of the filters: the container does not tell where these stand: [filter-1]",
        report.get(3));
    assertEquals(
        "weaving: no method requests a guard (WEB-INF/lib was not looked at)", report.get(4));
    assertEquals("recorder of swallowed exceptions: no", report.get(5));
    assertEquals(6, report.size());
  }

  @Test
  void swallowedConflictsThatNothingRecordsAreAFinding() throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "a", "write": "/a", "suspectResponses": "2xx"},
              {"name": "b", "write": "/b"}]}
            """)
        .filter(new ConflictFilter())
        .start();
    List<String> findings =
        log.lines.stream().filter(line -> line.endsWith("[recorder-missing]")).toList();
    assertEquals(1, findings.size());
    assertTrue(findings.get(0).contains("(\"suspectResponses\") by a, but"), findings.get(0));
  }

  @Test
  void settingsComeWithTheirPlaceAndRulesWithTheirTags() throws Exception {
    server
        .rules(
            """
            {"rules": [
              {"name": "a", "read": "/a", "tag": "counter"},
              {"name": "b", "read": "/b"},
              {"name": "c", "read": "/c", "tag": "counter"}]}
            """)
        .contextParam("conflictguard.bufferLimit", "5000")
        .contextParam("conflictguard.formSecret", "known to nobody else")
        .filter(new ConflictFilter(), Map.of("mode", "observe", "enabled", "false"))
        .start();
    List<String> report = report();
    assertEquals(
        "mode observe, switched off; settings: init-param enabled = false,"
            + " context-param conflictguard.bufferLimit = 5000,"
            + " init-param mode = observe,"
            + " context-param conflictguard.formSecret = ...",
        report.get(1));
    assertEquals(
        "rules: 3 from /WEB-INF/conflict-guard.json, by where their tags come from"
            + " {body=1, counter=2}",
        report.get(2));
  }

  @Test
  void theOrderOfTheFiltersIsThatOfTheDescriptor() throws Exception {
    server
        .file(
            "WEB-INF/web.xml",
            """
            <web-app>
              <filter-mapping><filter-name>filter-3</filter-name><url-pattern>/*</url-pattern></filter-mapping>
              <filter-mapping><filter-name>filter-1</filter-name><url-pattern>/*</url-pattern></filter-mapping>
            </web-app>
            """)
        .filter(new ConflictFilter())
        .filter(new SecurityFilter(request -> true))
        .filter(new SecurityFilter(request -> true))
        .start();
    assertEquals(
        "order of the filters: [filter-3, filter-1], the container does not tell where these stand:"
            + " [filter-2]",
        report().get(3));
  }

  private List<String> report() {
    return log.lines.stream()
        .filter(line -> line.startsWith(START))
        .filter(line -> !line.endsWith("]") || line.contains("order of the filters"))
        .map(line -> line.substring(START.length()))
        .toList();
  }
}
