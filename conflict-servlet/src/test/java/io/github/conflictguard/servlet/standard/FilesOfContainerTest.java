package io.github.conflictguard.servlet.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.ConflictFilter;
import io.github.conflictguard.servlet.container.FilterServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The container's own servlet for files answers with the jar as it does without. */
@Tag("container")
class FilesOfContainerTest {

  @ParameterizedTest
  @CsvSource({
    "PUT,    /file.txt, If-Match,            T",
    "DELETE, /file.txt, If-Match,            T",
    "PUT,    /file.txt, If-Match,            '\"other\"'",
    "PUT,    /file.txt, If-Match,            *",
    "PUT,    /file.txt, If-None-Match,       *",
    "PUT,    /file.txt, If-None-Match,       T",
    "PUT,    /file.txt, If-Unmodified-Since, 'Fri, 01 Jan 2100 00:00:00 GMT'",
    "PUT,    /new.txt,  If-None-Match,       *",
    "PUT,    /new.txt,  If-None-Match,       '\"other\"'",
    "PUT,    /new.txt,  X-Nothing,           1",
    "DELETE, /new.txt,  X-Nothing,           1",
    "GET,    /file.txt, If-None-Match,       T",
    "GET,    /file.txt, Range,               bytes=0-1",
    "GET,    /new.txt,  If-None-Match,       *",
  })
  void preconditionsAreAnsweredAsWithoutTheJar(
      String method, String path, String header, String value) throws Exception {
    for (boolean writable : new boolean[] {true, false}) {
      int without = answer("off", writable, method, path, header, value);
      int with = answer("protect", writable, method, path, header, value);
      // Jetty's servlet writes no files, and a false precondition may be told before that.
      if (without != 405 || with != 412) {
        assertEquals(without, with, "writable: " + writable);
      }
    }
  }

  /** 13.1.2. Not on Jetty, whose servlet writes no files. */
  @Test
  void missingFileIsCreatedOnlyOnce() throws Exception {
    try (FilterServer files = new FilterServer()) {
      files.filter(new ConflictFilter()).withFiles(true).start();
      int created = files.sendBody("PUT", "/new.txt", "a", "If-None-Match", "*").statusCode();
      assertTrue(created == 201 || created == 405, () -> "status " + created);
      if (created == 201) {
        assertEquals(
            412, files.sendBody("PUT", "/new.txt", "b", "If-None-Match", "*").statusCode());
        assertEquals("a", files.send("GET", "/new.txt").body());
      }
    }
  }

  private static int answer(
      String mode, boolean writable, String method, String path, String header, String value)
      throws Exception {
    try (FilterServer files = new FilterServer()) {
      files
          .file("file.txt", "hello")
          .filter(new ConflictFilter(), Map.of("mode", mode))
          .withFiles(writable)
          .start();
      String tag = files.send("GET", "/file.txt").headers().firstValue("ETag").orElse("\"none\"");
      String body = method.equals("PUT") ? "other" : "";
      return files
          .sendBody(method, path, body, header, value.equals("T") ? tag : value)
          .statusCode();
    }
  }
}
