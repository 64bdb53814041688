package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.DispatcherType;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The trace of a conditional write in ARCHITECTURE.md is the one of such a write. */
@Tag("container")
class ArchitectureDocumentTest {

  private static final String PACKAGE = "io.github.conflictguard.";

  private static final Pattern SHOWN =
      Pattern.compile("<!-- trace: conditional write -->\n```text\n(.*?)\n```", Pattern.DOTALL);

  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void theTraceOfAConditionalWriteIsShown() throws Exception {
    AtomicReference<StackTraceElement[]> internal = new AtomicReference<>();
    server
        .filter(new ConflictFilter())
        .handle(
            "/*",
            (request, response) -> {
              if (request.getDispatcherType() != DispatcherType.REQUEST) {
                internal.set(new Throwable().getStackTrace());
              }
              response.setContentType("application/json");
              response.getWriter().print("{\"phone\": 1}");
            })
        .start();
    HttpResponse<String> refused =
        server.sendBody("PUT", "/customers/1", "{}", "If-Match", "\"an-older-one\"");
    assertEquals(412, refused.statusCode());
    Matcher shown = SHOWN.matcher(Files.readString(Path.of("..", ".github", "ARCHITECTURE.md")));
    assertTrue(shown.find());
    assertEquals(shown.group(1), text(internal.get()));
  }

  /** The frames of the guard; a line of dots stands for those of the container and of this test. */
  private static String text(StackTraceElement[] trace) {
    List<String> lines = new ArrayList<>();
    for (StackTraceElement frame : trace) {
      boolean own =
          frame.getClassName().startsWith(PACKAGE)
              && !frame.getClassName().contains("Handler")
              && !frame.getClassName().contains("ArchitectureDocumentTest");
      String line = own ? "at " + frame.getClassName() + "." + method(frame) : "...";
      if (lines.isEmpty() || !line.equals(lines.get(lines.size() - 1))) {
        lines.add(line);
      }
    }
    return String.join("\n", lines);
  }

  private static String method(StackTraceElement frame) {
    Matcher lambda = Pattern.compile("lambda\\$(.*)\\$\\d+").matcher(frame.getMethodName());
    return lambda.matches() ? lambda.group(1) : frame.getMethodName();
  }
}
