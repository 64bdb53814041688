package io.github.conflictguard.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.example.readme.CurlCommand;
import io.github.conflictguard.example.server.OfficeDatabase;
import io.github.conflictguard.example.server.OfficeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The trace of a thrown conflict in ARCHITECTURE.md is the one that the log contains. */
class ArchitectureDocumentIT {

  private static final Path DOCUMENT =
      Path.of(System.getProperty("project.root"), ".github", "ARCHITECTURE.md");

  private static final Pattern SHOWN =
      Pattern.compile("<!-- trace: thrown conflict -->\n```text\n(.*?)\n```", Pattern.DOTALL);

  /** The outermost exception with its frames. */
  private static final Pattern LOGGED =
      Pattern.compile(
          "\n(io\\.github\\.conflictguard\\.guard\\.ConflictException: [^\n]*\n.*?)Caused by: ",
          Pattern.DOTALL);

  private static final String DUPLICATE =
      "$ curl -i -X POST http://localhost/api/customers -H 'Content-Type: application/json'"
          + " -d '{\"name\":\"Another Ada\",\"email\":\"ada@example.org\"}'";

  @Test
  @Timeout(60)
  void theTraceOfAThrownConflictIsShown() throws Exception {
    Matcher shown = SHOWN.matcher(Files.readString(DOCUMENT));
    assertTrue(shown.find());
    try (OfficeDatabase database = OfficeDatabase.start();
        OfficeServer office = OfficeServer.startJetty(database)) {
      String answer = CurlCommand.parse(DUPLICATE).send(office.address());
      assertTrue(answer.startsWith("HTTP/1.1 409 "), answer);
      Matcher logged = LOGGED.matcher(office.printed());
      // The log follows the answer.
      while (!logged.find()) {
        Thread.onSpinWait();
        logged = LOGGED.matcher(office.printed());
      }
      assertEquals(shown.group(1), brief(logged.group(1)));
    }
  }

  /** Without line numbers; a line of dots stands for the frames of the container. */
  private static String brief(String trace) {
    List<String> lines = new ArrayList<>();
    for (String line : trace.lines().toList()) {
      String brief = line.replaceAll("^\\s+at (.*)\\(.*$", "    at $1");
      boolean own = brief.contains("io.github.conflictguard.") || lines.isEmpty();
      String shown = own ? brief : "    ...";
      if (lines.isEmpty() || !shown.equals(lines.get(lines.size() - 1))) {
        lines.add(shown);
      }
    }
    return String.join("\n", lines);
  }
}
