package io.github.conflictguard.servlet.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.Collision.ChangedBy;
import io.github.conflictguard.event.Collision.Origin;
import io.github.conflictguard.json.JsonReader;
import io.github.conflictguard.servlet.config.ActorNames;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WriteMemoryTest {

  private final Pseudonyms pseudonyms = new Pseudonyms();
  private final Actor ann = pseudonyms.user("ann");
  private final Actor bob = pseudonyms.user("bob");
  private final WriteMemory memory = new WriteMemory(WriteMemory.USUAL_BYTES, ActorNames.NAME);

  private static FieldDigests form(String city, String phone) {
    return FieldDigests.ofForm(Map.of("city", List.of(city), "phone", List.of(phone)));
  }

  private static @Nullable FieldDigests json(String text, boolean partial) throws Exception {
    return FieldDigests.ofJson(JsonReader.parse(text), partial);
  }

  @Test
  void conflictOfFormsHasActorTimeAndFields() {
    FieldDigests base = form("Bonn", "1");
    memory.written("customer/7", bob, 200_000, "customers", form("Köln", "2"), base);
    Collision known =
        memory.explain("customer/7", ann, 260_000, 100_000, base, form("Mainz", "1")).build();
    assertEquals("ann", known.actor());
    assertEquals("bob", known.other());
    assertEquals(Origin.OTHER, known.origin());
    assertEquals(60_000, known.otherAge());
    assertEquals(160_000, known.baseAge());
    assertEquals("customers", known.otherPlace());
    assertEquals(
        Map.of("city", ChangedBy.BOTH, "phone", ChangedBy.THEIRS), Map.copyOf(known.fields()));
  }

  @Test
  void fieldsOfTheSenderAloneAreYours() {
    FieldDigests base = form("Bonn", "1");
    memory.written("k", bob, 200, "r", form("Köln", "1"), base);
    assertEquals(
        Map.of("city", ChangedBy.THEIRS, "phone", ChangedBy.YOURS),
        Map.copyOf(memory.explain("k", ann, 300, 100, base, form("Bonn", "9")).build().fields()));
  }

  @Test
  void membersOfJsonAreComparedWithTheWriteBefore() throws Exception {
    memory.written("k", bob, 100, "r", json("{\"a\": 1, \"b\": {\"c\": 2}}", false), null);
    memory.written("k", bob, 300, "other rule", json("{\"a\": 5, \"b\": {\"c\": 2}}", false), null);
    Collision known =
        memory
            .explain("k", ann, 400, 200, null, json("{\"a\": 1, \"b\": {\"c\": 7}}", false))
            .build();
    // The second write is the one after the read; what was there before it is known.
    assertEquals("other rule", known.otherPlace());
    assertEquals(ChangedBy.THEIRS, known.fields().get("/a"));
  }

  @Test
  void baseOfJsonMakesItComplete() throws Exception {
    FieldDigests before = json("{\"a\": 1, \"b\": {\"c\": 2}, \"id\": 7}", false);
    memory.written("k", bob, 300, "r", json("{\"a\": 5, \"b\": {\"c\": 2}}", false), before);
    assertEquals(
        Map.of("/a", ChangedBy.BOTH, "/b/c", ChangedBy.YOURS),
        Map.copyOf(
            memory
                .explain("k", ann, 400, 200, null, json("{\"a\": 6, \"b\": {\"c\": 3}}", false))
                .build()
                .fields()));
  }

  @Test
  void patchesChangeWhatTheyContain() throws Exception {
    FieldDigests before = json("{\"a\": 1, \"b\": 2}", false);
    memory.written("k", bob, 300, "r", json("{\"a\": 5}", true), before);
    assertEquals(
        Map.of("/a", ChangedBy.THEIRS),
        Map.copyOf(memory.explain("k", ann, 400, 200, null, null).build().fields()));
    FieldDigests patch = json("[{\"op\": \"replace\", \"path\": \"/a\", \"value\": 9}]", false);
    assertEquals(
        Map.of("/a", ChangedBy.BOTH),
        Map.copyOf(memory.explain("k", ann, 400, 200, before, patch).build().fields()));
  }

  @Test
  void secondWindowOfTheSameUserIsSelf() {
    memory.written("k", ann, 200, "r", null, null);
    Collision known = memory.explain("k", ann, 300, 100, null, null).build();
    assertEquals(Origin.SELF, known.origin());
    assertEquals(100, known.otherAge());
  }

  @Test
  void writeOfAnotherUserSinceTheReadCountsBeforeTheOwnOne() {
    memory.written("k", bob, 200, "r", null, null);
    memory.written("k", ann, 250, "r", null, null);
    Collision known = memory.explain("k", ann, 300, 100, null, null).build();
    assertEquals(Origin.OTHER, known.origin());
    assertEquals("bob", known.other());
    assertEquals(100, known.otherAge());
    assertEquals(Origin.SELF, memory.explain("k", ann, 300, 220, null, null).build().origin());
  }

  @Test
  void writeBeforeTheReadExplainsNothing() {
    memory.written("k", bob, 200, "r", form("a", "b"), null);
    Collision known = memory.explain("k", ann, 300, 200, null, form("x", "y")).build();
    assertEquals(Origin.UNKNOWN, known.origin());
    assertNull(known.other());
    assertEquals(-1, known.otherAge());
    assertTrue(known.fields().isEmpty());
  }

  @Test
  void addressesThatSeveralPeopleShareAreNotTheSamePerson() {
    HttpServletRequest request = mock(HttpServletRequest.class);
    when(request.getRemoteAddr()).thenReturn("10.0.0.1");
    Actor somewhere = pseudonyms.of(request);
    assertTrue(somewhere.toString().matches("a-[0-9a-f]{8}"), somewhere.toString());
    memory.written("k", somewhere, 200, "r", null, null);
    assertEquals(
        Origin.UNKNOWN, memory.explain("k", somewhere, 300, 100, null, null).build().origin());
  }

  @Test
  void pseudonymsAreStableUntilTheNextStartAndNamesAreShownOnlyByPolicy() {
    assertTrue(ann.toString().matches("u-[0-9a-f]{8}"), ann.toString());
    assertEquals(ann.toString(), pseudonyms.user("ann").toString());
    assertNotEquals(ann.toString(), new Pseudonyms().user("ann").toString());
    assertNotEquals(ann.toString(), bob.toString());
    assertNull(ann.shown(ActorNames.HIDDEN));
    assertEquals(ann.toString(), ann.shown(ActorNames.PSEUDONYM));
    assertEquals("ann", ann.shown(ActorNames.NAME));
  }

  @Test
  void hashedKeysKeepTheirTypeAndNumbers() {
    assertTrue(pseudonyms.hashed("customer/jane@x.org").matches("customer/h-[0-9a-f]{8}"));
    assertEquals("customer/7", pseudonyms.hashed("customer/7"));
    assertTrue(pseudonyms.hashed("/app/jane/7").matches("/app/h-[0-9a-f]{8}/7"));
    assertEquals("/", pseudonyms.hashed("/"));
  }

  @Test
  void memoryIsBoundedForAMillionKeysAndFair() {
    WriteMemory small = new WriteMemory(1 << 20, ActorNames.NAME);
    small.written("mine", bob, 1, "r", form("a", "b"), null);
    for (int i = 0; i < 1_000_000; i++) {
      small.written("k" + i, ann, i, "r", null, null);
      if (i % 100_000 == 0) {
        assertTrue(small.bytes() <= 1 << 20);
      }
    }
    assertTrue(small.bytes() <= 1 << 20 && small.bytes() > 1 << 19, "bytes " + small.bytes());
    assertEquals(
        "bob",
        small.explain("mine", ann, 2, 0, null, null).build().other(),
        "a client with many writes evicts its own");
  }

  @Test
  void hugeTextsAreCut() throws Exception {
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 10_000; i++) {
      many.append(i == 0 ? "" : ",").append("\"member").append(i).append("\": ").append(i);
    }
    FieldDigests digests = json(many.append('}').toString(), false);
    assertEquals(FieldDigests.MOST_FIELDS, digests.names().size());
    FieldDigests named = FieldDigests.ofForm(Map.of("x".repeat(1000), List.of("v")));
    assertEquals(0, named.names().size());
  }

  @Test
  void recentWritesAreExplainedWithoutFields() {
    WriteMemory recent = WriteMemory.ofRecent(ActorNames.NAME);
    recent.written("k", bob, 200, "r", null, null);
    recent.written("k", ann, 250, "r", null, null);
    Collision known = recent.explain("k", ann, 300, 100, null, null).build();
    assertEquals("bob", known.other());
    assertEquals(Origin.SELF, recent.explain("k", ann, 300, 220, null, null).build().origin());
    for (int i = 0; i < 100_000; i++) {
      recent.written("other/" + i, ann, 300, "r", null, null);
    }
    assertEquals(Origin.UNKNOWN, recent.explain("k", ann, 300, 100, null, null).build().origin());
    recent.written("x".repeat(300), bob, 200, "r", null, null);
    assertEquals(-1, recent.explain("x".repeat(300), ann, 300, 100, null, null).build().otherAge());
  }

  @Test
  void membersThatAPatchLeavesAloneAreKnown() throws Exception {
    FieldDigests before = json("{\"a\": 1, \"b\": 2}", false);
    memory.written("k", bob, 300, "r", json("{\"a\": 5}", true), before);
    assertEquals(
        Map.of("/a", ChangedBy.THEIRS, "/b", ChangedBy.YOURS),
        Map.copyOf(
            memory.explain("k", ann, 400, 200, null, json("{\"b\": 3}", true)).build().fields()));
  }
}
