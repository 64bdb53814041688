package io.github.conflictguard.problem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.conflictguard.conflict.ConflictKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemJsonTest {

  @Test
  void aFailedPreconditionTellsWhatWasSentAndWhatIsCurrent() throws Exception {
    JsonNode json =
        parse(
            ProblemDetail.of(ProblemType.PRECONDITION_FAILED, "/api/customers/1")
                .header("If-Match")
                .sent("\"old\"")
                .current("\"new\"")
                .build());
    assertEquals("tag:conflictguard.github.io,2026:precondition-failed", text(json, "type"));
    assertEquals("The record changed since you read it", text(json, "title"));
    assertEquals(412, json.get("status").asInt());
    assertEquals("stale-version", text(json, "kind"));
    assertEquals("/api/customers/1", text(json, "resource"));
    assertEquals("If-Match", text(json, "header"));
    assertEquals("\"old\"", text(json, "sent"));
    assertEquals("\"new\"", text(json, "current"));
    assertEquals("refresh-then-retry", json.get("retry").get("advice").asText());
    assertEquals("REFRESH_STATE", json.get("actions").get(0).get("code").asText());
    assertTrue(text(json, "instance").matches("urn:uuid:[0-9a-f-]{36}"));
  }

  @Test
  void whatIsNotKnownIsLeftOut() throws Exception {
    JsonNode json = parse(ProblemDetail.of(ProblemType.DUPLICATE_KEY, "/x").build());
    for (String name :
        new String[] {
          "header",
          "sent",
          "current",
          "reason",
          "field",
          "state",
          "allowedTransitions",
          "rule",
          "facts"
        }) {
      assertFalse(json.has(name), name);
    }
    assertFalse(json.get("retry").has("after"));
  }

  @Test
  void waitingIsSaidInSeconds() throws Exception {
    JsonNode json = parse(ProblemDetail.of(ProblemType.LOCKED, "/x").retryAfter(2).build());
    assertEquals(2, json.get("retry").get("after").asInt());
  }

  @Test
  void stateAndRuleAreToldWithWhatBelongsToThem() throws Exception {
    JsonNode json =
        parse(
            ProblemDetail.of(ProblemType.WRONG_STATE, "/x")
                .field("e-mail")
                .state("shipped", List.of("return", "reorder"))
                .rule("limit", Map.of("limit", "100", "half\ud800", "\udc00"))
                .build());
    assertEquals("e-mail", text(json, "field"));
    assertEquals("shipped", text(json, "state"));
    assertEquals("reorder", json.get("allowedTransitions").get(1).asText());
    assertEquals("limit", text(json, "rule"));
    assertEquals("100", text(json.get("facts"), "limit"));
    assertEquals("?", text(json.get("facts"), "half?"), "no text has half of a pair");
  }

  @Test
  void whatTheClientSentIsEscaped() throws Exception {
    JsonNode json = parse(ProblemDetail.of(ProblemType.DUPLICATE_KEY, "/\"\u0001\u00e4").build());
    assertEquals("/\"\u0001\u00e4", text(json, "resource"));
  }

  /** The body is what Jackson writes, byte for byte. */
  @Test
  void everyCharacterIsWrittenAsByJackson() throws Exception {
    ObjectMapper jackson = new ObjectMapper();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      String text = "a" + (char) c + "b";
      if (!Character.isSurrogate((char) c)) {
        byte[] body =
            ProblemJson.write(
                ProblemDetail.of(ProblemType.DUPLICATE_KEY, "/x").field(text).build());
        String json = new String(body, UTF_8);
        assertTrue(
            json.contains(",\"field\":" + jackson.writeValueAsString(text) + ","),
            Integer.toHexString(c));
      }
    }
  }

  @Test
  void everyOccurrenceHasAnIdentityOfItsOwn() {
    ProblemBuilder builder = ProblemDetail.of(ProblemType.LOCKED, "/x");
    assertFalse(builder.build().instance().equals(builder.build().instance()));
  }

  @ParameterizedTest
  @EnumSource(ConflictKind.class)
  void everyKindHasATypeThatAgreesWithIt(ConflictKind kind) {
    ProblemType type = ProblemType.of(kind);
    assertEquals(409, type.status());
    assertEquals(kind.code(), type.kind());
    assertEquals(kind.isRetryable(), type.retry() == RetryHint.SAME_REQUEST);
    assertFalse(type.actions().isEmpty());
  }

  private static JsonNode parse(ProblemDetail problem) throws Exception {
    return new ObjectMapper().readTree(ProblemJson.write(problem));
  }

  private static String text(JsonNode json, String name) {
    return json.get(name).asText();
  }

  @Test
  void earlierWriteAndChangesAreExtensionMembers() {
    Instant now = Instant.parse("2026-11-28T01:00:30.5Z");
    String body =
        new String(
            ProblemJson.write(
                ProblemDetail.of(ProblemType.PRECONDITION_FAILED, "/customers/1")
                    .build()
                    .withEarlierWrite(new EarlierWrite(now, 90_000, EarlierWrite.OTHER, "bob"))
                    .withChanges("pointer", Map.of("/city", "both"))
                    .withFields(Map.of())),
            UTF_8);
    assertTrue(
        body.contains(
            "\"earlierWrite\":{\"time\":\"2026-11-28T00:59:00Z\",\"age\":90,\"by\":\"other\","
                + "\"actor\":\"bob\"},\"changes\":[{\"pointer\":\"/city\",\"by\":\"both\"}]"),
        body);
  }
}
