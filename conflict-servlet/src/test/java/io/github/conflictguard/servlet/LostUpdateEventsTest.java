package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.event.Collision.Origin;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictListener;
import io.github.conflictguard.event.LostUpdateEvent;
import io.github.conflictguard.servlet.container.FilterServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners and the journal get lost updates with both senders. */
@Tag("container")
class LostUpdateEventsTest {

  private final Note note = new Note("{}");
  private final FilterServer server = new FilterServer();
  private final List<LostUpdateEvent> lost = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void lostUpdateHasBothSendersAndIsInTheJournal() throws Exception {
    Path journal = folder.resolve("journal.json");
    start("journal", journal.toString());
    String ada = login();
    String grace = login();
    read(ada);
    read(grace);
    write("{\"by\":\"ada\"}", ada);
    assertEquals(List.of(), lost);
    write("{\"by\":\"grace\"}", grace);
    LostUpdateEvent event = lost.get(0);
    assertEquals(1, lost.size());
    assertEquals("notes", event.rule());
    assertEquals("/note", event.resourceKey());
    assertEquals(Origin.OTHER, event.collision().origin());
    assertTrue(event.collision().otherAge() >= 0);
    assertNotNull(event.overwritten());
    String actor = event.collision().actor();
    assertNotNull(actor);
    assertTrue(actor.matches("s-[0-9a-f]{8}"), actor);
    assertNotEquals(actor, event.collision().other());
    JsonNode line = lostIn(journal);
    assertEquals(event.instance(), line.get("instance").asText());
    assertEquals(event.collision().other(), line.get("other").asText());
  }

  @Test
  void changeThatWasMadeElsewhereHasNoOther() throws Exception {
    start("mode", "protect");
    String ada = login();
    read(ada);
    note.changeTo("{\"by\":\"a job\"}");
    write("{\"by\":\"ada\"}", ada);
    assertEquals(1, lost.size());
    assertNull(lost.get(0).collision().other());
    assertNull(lost.get(0).overwritten());
    assertEquals(Origin.UNKNOWN, lost.get(0).collision().origin());
  }

  /** Waits for the writer of the journal. */
  private static JsonNode lostIn(Path journal) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < deadline) {
      for (String each : Files.exists(journal) ? Files.readAllLines(journal) : List.<String>of()) {
        if (each.contains("\"outcome\":\"lost\"") && each.endsWith("}")) {
          return new ObjectMapper().readTree(each);
        }
      }
      Thread.sleep(20);
    }
    throw new AssertionError("no lost update in " + journal);
  }

  private void start(String setting, String value) throws Exception {
    server
        .rules(
            """
            {"rules": [{"name": "notes", "mode": "observe", "tag": "body", "read": "/note", "write": "/note"}]}
            """)
        .filter(new ConflictFilter(), Map.of(setting, value))
        .handle("/note", note)
        .handle("/login", (request, response) -> request.getSession())
        .attribute(
            ConflictFilter.LISTENERS,
            new ConflictListener() {
              @Override
              public void onConflict(ConflictEvent event) {}

              @Override
              public void onLostUpdate(LostUpdateEvent event) {
                lost.add(event);
              }
            })
        .start();
  }

  private String login() throws Exception {
    return server
        .send("POST", "/login")
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow()
        .split(";")[0];
  }

  private void read(String cookie) throws Exception {
    assertEquals(200, server.send("GET", "/note", "Cookie", cookie).statusCode());
  }

  private void write(String body, String cookie) throws Exception {
    assertEquals(204, server.sendBody("PUT", "/note", body, "Cookie", cookie).statusCode());
  }
}
