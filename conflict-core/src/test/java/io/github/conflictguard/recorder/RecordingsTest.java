package io.github.conflictguard.recorder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
