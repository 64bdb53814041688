package io.github.conflictguard.servlet.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.LockWaitEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {

  @TempDir Path folder;

  private Instant now = Instant.parse("2026-11-02T08:00:00Z");

  private RotatingFile file(Path path, long longest) {
    return new RotatingFile(path, longest, 3, Duration.ofDays(6), () -> now);
  }

  @Test
  void fullFilesAreRenamedAndTheOldestIsDropped() throws Exception {
    Path path = folder.resolve("journal");
    try (RotatingFile file = file(path, 100)) {
      assertTrue(file.acquire());
      for (int i = 0; i < 20; i++) {
        file.append(String.format("%030d", i).getBytes("US-ASCII"));
      }
    }
    assertEquals(2, Files.readAllLines(path).size());
    assertEquals(3, Files.readAllLines(folder.resolve("journal.1")).size());
    assertEquals(3, Files.readAllLines(folder.resolve("journal.2")).size());
    assertFalse(Files.exists(folder.resolve("journal.3")));
    assertTrue(Files.readAllLines(path).get(1).endsWith("19"));
    try (RotatingFile again = file(path, 100)) {
      assertTrue(again.acquire());
      again.append("20".getBytes("US-ASCII"));
    }
    assertEquals(3, Files.readAllLines(path).size());
  }

  @Test
  void secondInstanceWritesWhenTheFirstOneIsClosed() throws Exception {
    Path path = folder.resolve("shared");
    try (RotatingFile first = file(path, 1000)) {
      assertTrue(first.acquire());
      try (RotatingFile second = file(path, 1000)) {
        assertFalse(second.acquire());
        first.close();
        assertTrue(second.acquire());
        second.append(new byte[] {'x'});
      }
    }
    assertEquals(List.of("x"), Files.readAllLines(path));
  }

  @Test
  void noEntryIsKeptLongerThanTheRetention() throws Exception {
    Path path = folder.resolve("journal");
    Instant start = now;
    for (int hour = 0; hour < 24 * 20; hour++) {
      now = start.plus(Duration.ofHours(hour));
      // Each hour is a restart: what is known of the files is in the files.
      try (RotatingFile file = file(path, 1 << 20)) {
        assertTrue(file.acquire());
        file.expire();
        file.append(("{\"time\": \"" + now + "\"}").getBytes(StandardCharsets.UTF_8));
      }
      List<Instant> kept = times();
      Instant oldest = kept.get(0);
      assertFalse(oldest.isBefore(now.minus(Duration.ofDays(6))), oldest + " at " + now);
      if (hour >= 24 * 6) {
        assertFalse(oldest.isAfter(now.minus(Duration.ofDays(2))), oldest + " at " + now);
      }
    }
  }

  private List<Instant> times() throws Exception {
    List<Instant> times = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> !each.toString().endsWith(".lock")).toList()) {
        for (String line : Files.readAllLines(file)) {
          times.add(Instant.parse(line.substring(10, line.length() - 2)));
        }
      }
    }
    times.sort(null);
    return times;
  }

  @Test
  void withoutRetentionNothingIsDeleted() throws Exception {
    Path path = folder.resolve("journal");
    try (RotatingFile file = new RotatingFile(path, 1000, 3, Duration.ZERO, () -> now)) {
      assertTrue(file.acquire());
      file.append("{\"time\": \"1999-01-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8));
      file.expire();
    }
    assertEquals(1, times().size());
  }

  @Test
  void fileThatIsNoJournalCountsFromItsLastChange() throws Exception {
    for (String content :
        List.of("no json", "{", "[]", "{\"time\": 1}", "\n", "{\"time\": \"x\"}")) {
      Path path = Files.writeString(folder.resolve("other"), content);
      assertEquals(Files.getLastModifiedTime(path).toInstant(), FirstEntry.timeOf(path));
    }
  }

  @Test
  void stateIsWrittenNextToTheFileForItsOwnerAlone() throws Exception {
    Path path = folder.resolve("journal");
    assertNull(StateFile.read(path));
    byte[] state = {1, 2, 3};
    JournalFile.to(path, 7, () -> state, before -> {}).close();
    assertArrayEquals(state, StateFile.read(path));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("journal.state"))));
    Files.write(folder.resolve("journal.state"), new byte[2 << 20]);
    assertNull(StateFile.read(path), "too long to be its own");
  }

  @Test
  void stateOfAnotherOwnerIsNeitherReadNorReplaced() throws Exception {
    Path path = folder.resolve("journal");
    Path state = Files.write(folder.resolve("journal.state"), new byte[] {7});
    List<byte[]> restored = new CopyOnWriteArrayList<>();
    try (RotatingFile owner = file(path, 1000)) {
      assertTrue(owner.acquire());
      JournalFile.to(path, 7, () -> new byte[] {1}, restored::add).close();
    }
    assertEquals(List.of(), restored);
    assertArrayEquals(new byte[] {7}, Files.readAllBytes(state));
  }

  @Test
  void nextOwnerRestoresTheLatestStateOnceBeforeItWrites() throws Exception {
    Path path = folder.resolve("journal");
    Path state = Files.write(folder.resolve("journal.state"), new byte[] {7});
    List<byte[]> restored = new CopyOnWriteArrayList<>();
    try (RotatingFile owner = file(path, 1000)) {
      assertTrue(owner.acquire());
      JournalFile next =
          JournalFile.to(
              path,
              7,
              () -> new byte[] {(byte) (1 + restored.stream().mapToInt(each -> each[0]).sum())},
              restored::add);
      next.recorded(
          new Journal(UnaryOperator.identity())
              .record(
                  new LockWaitEvent("PUT", "/a", "a", null, true, Collision.builder().build())));
      Files.write(state, new byte[] {8});
      owner.close();
      Instant limit = Instant.now().plusSeconds(30);
      while (restored.isEmpty() && Instant.now().isBefore(limit)) {
        Thread.onSpinWait();
      }
      next.close();
    }
    assertEquals(1, restored.size());
    assertEquals(8, restored.get(0)[0]);
    assertArrayEquals(new byte[] {9}, Files.readAllBytes(state));
    assertEquals(1, Files.readAllLines(path).size());
  }
}
