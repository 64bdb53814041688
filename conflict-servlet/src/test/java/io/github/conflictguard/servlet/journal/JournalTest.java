package io.github.conflictguard.servlet.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.Collision.ChangedBy;
import io.github.conflictguard.event.Collision.Origin;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.event.LockWaitEvent;
import io.github.conflictguard.event.LostUpdateEvent;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.journal.JournalEntry.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static ConflictEvent conflict(String path, Collision collision) {
    return ConflictEvent.of(
            ProblemDetail.of(ProblemType.STALE_VERSION, path).build(),
            Found.PRECONDITION,
            "PUT",
            path)
        .rule("rule")
        .thrown(new IllegalStateException("secret"))
        .collision(collision)
        .build();
  }

  private static Journal journal() {
    return new Journal(UnaryOperator.identity());
  }

  @Test
  void entriesAreNumberedAndReadFromAPosition() {
    Journal journal = journal();
    for (int i = 1; i <= 5; i++) {
      journal.record(conflict("/a/" + i, Collision.unknown()));
    }
    assertEquals(5, journal.lastSequence());
    assertEquals(
        List.of("/a/4", "/a/5"), journal.since(3, 10).stream().map(JournalEntry::path).toList());
    assertEquals(List.of("/a/5"), journal.since(0, 1).stream().map(JournalEntry::path).toList());
    JournalEntry third = journal.at(3);
    assertEquals(third, journal.find(String.valueOf(third.instance())));
    assertNull(journal.at(6));
    assertEquals(List.of(), journal.since(5, 10));
  }

  /** Clients choose the method of a request. */
  @Test
  void methodsOfClientsFillNoTable() {
    Journal journal = journal();
    ConflictPatterns patterns = new ConflictPatterns();
    for (int i = 0; i < 1000; i++) {
      ProblemDetail problem = ProblemDetail.of(ProblemType.STALE_VERSION, "/a").build();
      patterns.add(
          journal.record(
              ConflictEvent.of(problem, Found.PRECONDITION, "METHOD" + i, "/a").build()));
    }
    assertEquals(1, patterns.all().size());
    assertEquals(0, patterns.ungrouped());
  }

  @Test
  void longTagsOfClientsAreCut() {
    Collision collision = Collision.builder().tags(null, null, "x".repeat(8000)).build();
    assertEquals(128, String.valueOf(collision.sentTag()).length());
  }

  @Test
  void aMillionEventsFitIntoTwoMegabytesAndCountsContinue() {
    Journal journal = journal();
    ConflictPatterns patterns = new ConflictPatterns();
    Runtime runtime = Runtime.getRuntime();
    Map<String, ChangedBy> fields = Map.of("city", ChangedBy.BOTH, "phone", ChangedBy.THEIRS);
    Collision collision = Collision.builder().fields(fields).baseAge(1).build();
    ConflictEvent[] repeated = new ConflictEvent[1000];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = conflict("/a/" + i + "x".repeat(i % 600), collision);
    }
    for (int i = 0; i < 1_000_000; i++) {
      // A client determines the length of the path. What remains at the end shares nothing.
      boolean last = i >= 997_000;
      patterns.add(
          journal.record(
              last
                  ? conflict("/b/" + i + "x".repeat(i % 600), collision)
                  : repeated[i % repeated.length]));
      if (i % 100_000 == 0) {
        assertTrue(journal.bytes() <= Journal.MOST_BYTES && journal.size() <= 2000);
      }
    }
    assertTrue(journal.size() > 500, "entries: " + journal.size());
    assertEquals(1_000_000, journal.lastSequence());
    assertEquals(1_000_000, journal.total(Outcome.REFUSED));
    assertEquals(1_000_000, patterns.all().get(0).count());
    repeated = null;
    // The estimate is not too low: the journal is all that is left of the events.
    long withJournal = used(runtime);
    long reported = journal.bytes();
    long sequence = journal.lastSequence();
    journal = null;
    long without = used(runtime);
    assertEquals(1_000_000, sequence);
    assertTrue(
        withJournal - without <= reported + (1 << 20),
        "reported " + reported + ", used " + (withJournal - without));
  }

  private static long used(Runtime runtime) {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void lostUpdatesAndLockWaitsAreEntriesToo() {
    Journal journal = journal();
    ProblemDetail problem = ProblemDetail.of(ProblemType.STALE_VERSION, "/a").build();
    journal.record(new LostUpdateEvent(problem, "POST", "a", "rule", null, Collision.unknown()));
    journal.record(
        new LockWaitEvent(
            "POST", "/a", "a", null, true, Collision.builder().lockWait(1500).build()));
    assertEquals(1, journal.total(Outcome.LOST));
    assertEquals(1, journal.total(Outcome.WAITED));
    assertEquals(1500, journal.newest(1).get(0).collision().lockWait());
  }

  @Test
  void aReceiverThatFailsDoesNotStopOthers() {
    Journal journal = journal();
    long[] received = new long[1];
    journal.add(
        entry -> {
          throw new IllegalStateException("broken");
        });
    journal.add(entry -> received[0] = entry.sequence());
    journal.record(conflict("/a", Collision.unknown()));
    assertEquals(1, received[0]);
  }

  @Test
  void fileHasOneObjectPerEntryForItsOwnerAlone() throws Exception {
    Path path = folder.resolve("conflicts.json");
    Journal journal = journal();
    journal.add(JournalFile.to(path, 7, () -> new byte[0], before -> {}));
    Collision collision =
        Collision.builder()
            .actor("u-1")
            .other("u-2", Origin.OTHER)
            .otherAge(180_000)
            .fields(Map.of("city", ChangedBy.BOTH))
            .build();
    journal.record(conflict("/a\n\"b\"", collision));
    journal.record(conflict("/b", Collision.unknown()));
    journal.close();
    List<String> lines = Files.readAllLines(path);
    assertEquals(2, lines.size());
    JsonNode first = JSON.readTree(lines.get(0));
    assertEquals("/a\n\"b\"", first.get("path").asText());
    assertEquals("u-2", first.get("other").asText());
    assertEquals("both", first.get("fields").get("city").asText());
    assertFalse(lines.toString().contains("secret"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Test
  void noLineIsLongerThanEightKilobytes() throws Exception {
    Map<String, ChangedBy> fields = new LinkedHashMap<>();
    for (int i = 0; i < 64; i++) {
      fields.put(i + "\u0001".repeat(78), ChangedBy.BOTH);
    }
    Journal journal = journal();
    JournalEntry entry =
        journal.record(
            conflict("\u0001".repeat(10_000), Collision.builder().fields(fields).build()));
    byte[] line = EntryJson.line(entry);
    assertTrue(line.length <= 8192, "length " + line.length);
    assertEquals("rule", JSON.readTree(line).get("rule").asText());
  }

  @Test
  void linesOfTheLogFollowTheElasticCommonSchema() throws Exception {
    Collision collision = Collision.builder().actor("u-1").lockWait(2).traceId("abc").build();
    JsonNode line = JSON.readTree(EcsLine.of(conflict("/app/a", collision), "/app"));
    assertEquals("/app", line.get("service.name").asText());
    assertEquals("stale-version", line.get("event").get("action").asText());
    assertEquals("denied", line.get("event").get("type").get(0).asText());
    assertEquals(2_000_000, line.get("event").get("duration").asLong());
    assertEquals(409, line.get("http").get("response").get("status_code").asInt());
    assertEquals("abc", line.get("trace").get("id").asText());
    assertEquals("java.lang.IllegalStateException", line.get("error").get("type").asText());
    assertFalse(line.toString().contains("u-1") || line.toString().contains("secret"));
  }
}
