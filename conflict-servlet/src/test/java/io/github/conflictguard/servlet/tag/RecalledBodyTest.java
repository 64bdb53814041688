package io.github.conflictguard.servlet.tag;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.servlet.probe.ProbeResponse;
import io.github.conflictguard.servlet.response.KnownBody;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecalledBodyTest {

  private static final int MOST = 1024 * 1024;
  private static final ResourceKey KEY = ResourceKey.of("customers/7");

  private final RememberedBodies bodies = new RememberedBodies(MOST);

  @Test
  void aBodyIsExpectedAfterTwoAnswersThatWereTheSame() throws Exception {
    EntityTag first = answer(KEY, null, "{}");
    assertNull(expected(KEY, null));
    assertEquals(first, answer(KEY, null, "{}"));
    assertNotNull(expected(KEY, null));
    assertEquals(first, answer(KEY, null, "{}"));
  }

  @Test
  void afterAnotherAnswerNothingIsExpected() throws Exception {
    answer(KEY, null, "{}");
    answer(KEY, null, "{}");
    EntityTag other = answer(KEY, null, "{ }");
    assertNull(expected(KEY, null));
    assertEquals(other, answer(KEY, null, "{ }"));
  }

  @Test
  void anotherQueryIsAnotherAnswer() throws Exception {
    answer(KEY, "page=1", "{}");
    answer(KEY, "page=1", "{}");
    assertNotNull(expected(KEY, "page=1"));
    assertNull(expected(KEY, "page=2"));
    assertNull(expected(KEY, null));
  }

  @Test
  void tagsAreThoseOfTheirBodiesWithAnyMemory() throws Exception {
    for (int most : new int[] {0, 1, 300, 5_000, MOST}) {
      RememberedBodies some = new RememberedBodies(most);
      for (int i = 0; i < 200; i++) {
        String body = "{\"id\": " + i % 7 + "}";
        assertEquals(
            BodyTag.of(digest -> digest.update(body.getBytes(US_ASCII))),
            answer(some, ResourceKey.of("r" + i % 5), null, body));
        assertTrue(some.size() <= most, some.size() + " of " + most);
      }
    }
  }

  @Test
  void notMoreIsKeptThanTheMemoryAllows() throws Exception {
    String body = "x".repeat(10_000);
    for (int i = 0; i < 2_000; i++) {
      ResourceKey key = ResourceKey.of("customers/" + i);
      answer(key, null, body + i);
      answer(key, null, body + i);
      assertTrue(bodies.size() <= MOST, bodies.size() + " bytes");
    }
    assertTrue(bodies.size() > MOST / 2, bodies.size() + " bytes");
  }

  @Test
  void whatIsAskedForAgainAndAgainGetsRoomAndStays() throws Exception {
    String body = "x".repeat(10_000);
    for (int i = 0; i < 1_000; i++) {
      visit("once in a while/" + i, body);
    }
    int expected = 0;
    for (int i = 0; i < 2_000; i++) {
      visit("once in a while/" + i, body);
      expected += expected(KEY, null) == null ? 0 : 1;
      answer(KEY, null, body);
    }
    assertTrue(expected > 1_000, "of 2000 times it was expected " + expected + " times");
  }

  private void visit(String resource, String body) throws Exception {
    answer(ResourceKey.of(resource), null, body);
    answer(ResourceKey.of(resource), null, body);
  }

  /** A memory for a tenth of them: nobody's turn comes before he is driven out. */
  @Test
  void bodiesThatDoNotFitInAreNotCopiedAllTheTime() throws Exception {
    String body = "x".repeat(10_000);
    int expected = 0;
    for (int i = 0; i < 20_000; i++) {
      ResourceKey key = ResourceKey.of("customers/" + i % 1_000);
      expected += expected(key, null) == null ? 0 : 1;
      answer(key, null, body);
    }
    assertTrue(expected > 500, "of 20000 times " + expected + " were expected");
  }

  @Test
  void oneLongBodyDoesNotTakeThePlaceOfAllOthers() throws Exception {
    String body = "x".repeat(MOST / 4 + 1);
    answer(KEY, null, body);
    answer(KEY, null, body);
    assertNull(expected(KEY, null));
  }

  private @Nullable KnownBody expected(ResourceKey key, @Nullable String query) {
    return bodies.recall(key, query).expected();
  }

  private EntityTag answer(ResourceKey key, @Nullable String query, String body) throws Exception {
    return answer(bodies, key, query, body);
  }

  private static EntityTag answer(
      RememberedBodies bodies, ResourceKey key, @Nullable String query, String body)
      throws Exception {
    RecalledBody recalled = bodies.recall(key, query);
    ProbeResponse response =
        new ProbeResponse(mock(HttpServletResponse.class), MOST, recalled.expected());
    response.getOutputStream().write(body.getBytes(US_ASCII), 0, body.length());
    return recalled.tagOf(response);
  }
}
