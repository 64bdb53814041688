package io.github.conflictguard.recorder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingsTest {

  private final Exception noted = new Exception("noted");

  @AfterEach
  void end() {
    Recorder.end();
  }

  @Test
  void withoutAgentTheRecorderIsTheOneThatIsThere() {
    Recordings.begin();
    Recorder.note(noted);
    assertArrayEquals(new Throwable[] {noted}, Recordings.soFar());
    Recordings.stored();
    assertEquals(List.of(), List.of(Recordings.soFar()));
    Recorder.note(noted);
    assertArrayEquals(new Throwable[] {noted}, Recordings.end());
    assertEquals(0, Recorder.end().length);
  }

  /** The agent's recorder is filled; a child-first application has one that nobody fills. */
  @Test
  void withTheAgentTheRecorderOfTheBootLoaderIsTheOneThatCounts() throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xbootclasspath/a:" + folderOf(Recorder.class),
                "-cp",
                folderOf(TwoRecorders.class),
                TwoRecorders.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("boot other 2 2 0", said.trim());
    assertEquals(0, process.waitFor());
  }

  private static String folderOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
