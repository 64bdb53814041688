package io.github.conflictguard.servlet.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.journal.Journal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightEventsTest {

  private static final String NAME = "io.github.conflictguard.Conflict";

  @TempDir Path folder;

  private static long registered() {
    return FlightRecorder.getFlightRecorder().getEventTypes().stream()
        .filter(type -> type.getName().startsWith("io.github.conflictguard."))
        .count();
  }

  @Test
  void conflictsAreInTheRecordingAndTypesLeaveWithTheApplication() throws Exception {
    long before = registered();
    Path file = folder.resolve("recording.jfr");
    Journal journal = new Journal(UnaryOperator.identity());
    FlightEvents events = FlightEvents.register();
    assertNotNull(events);
    journal.add(events);
    try (Recording recording = new Recording()) {
      recording.enable(NAME);
      recording.start();
      journal.record(
          ConflictEvent.of(
                  ProblemDetail.of(ProblemType.LOCKED, "/app/a").build(), Found.LOCK, "PUT", "a")
              .collision(Collision.builder().lockWait(2000).build())
              .build());
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> found =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals(NAME))
            .toList();
    assertEquals(1, found.size());
    assertEquals("locked", found.get(0).getString("kind"));
    assertEquals(409, found.get(0).getInt("status"));
    assertNull(found.get(0).getString("rule"));
    assertNull(found.get(0).getStackTrace());
    assertEquals(Duration.ofSeconds(2), found.get(0).getDuration("lockWait"));
    assertEquals(before + 3, registered());
    journal.close();
    assertEquals(before, registered());
  }
}
