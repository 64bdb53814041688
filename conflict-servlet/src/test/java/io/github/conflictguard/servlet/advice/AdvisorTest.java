package io.github.conflictguard.servlet.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.event.Collision;
import io.github.conflictguard.event.Collision.ChangedBy;
import io.github.conflictguard.event.Collision.Origin;
import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.event.LockWaitEvent;
import io.github.conflictguard.event.LostUpdateEvent;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.doctor.SetupFinding;
import io.github.conflictguard.servlet.journal.ConflictPatterns;
import io.github.conflictguard.servlet.journal.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AdvisorTest {

  private final Journal journal = new Journal(UnaryOperator.identity());
  private final ConflictPatterns patterns = new ConflictPatterns();
  private final List<RuleEvidence> rules = new ArrayList<>();
  private final List<SetupFinding> findings = new ArrayList<>();

  private List<Advice> advice() {
    return Advisor.of("/app", rules, patterns.all(), findings, journal.newest(1000));
  }

  private static ProblemDetail problem(String path) {
    return ProblemDetail.of(ProblemType.STALE_VERSION, path).build();
  }

  private void conflict(String method, String rule, Collision collision) {
    patterns.add(
        journal.record(
            ConflictEvent.of(problem("/app/x/1"), Found.PRECONDITION, method, "x/1")
                .rule(rule)
                .collision(collision)
                .build()));
  }

  @Test
  void ruleThatLosesUpdatesIsToProtectUntilItDoes() {
    rules.add(new RuleEvidence("orders", true, true, 412, 3, 2));
    Advice first = advice().get(0);
    assertEquals("protect:orders", first.id());
    assertEquals("\"mode\": \"protect\"", first.lines());
    AdviceTexts english = AdviceTexts.in("en");
    assertEquals(
        "Since the start, 3 writes would have been refused, and 2 changes would not have been lost.",
        first.effect(english));
    assertTrue(first.evidence(english).startsWith("412 requests matched the rule orders. 3"));
    assertTrue(first.title(AdviceTexts.in("de")).contains("schützen"));
    rules.set(0, new RuleEvidence("orders", false, true, 412, 3, 2));
    assertEquals(List.of(), advice());
  }

  @Test
  void lossesWithoutARuleGiveTheRule() {
    for (int i = 0; i < 3; i++) {
      journal.record(
          new LostUpdateEvent(
              problem("/app/orders/" + i), "POST", "k" + i, null, null, Collision.unknown()));
    }
    Advice only = advice().get(0);
    assertEquals("add-rule:/orders/{id}", only.id());
    assertEquals(
        "{\"name\":\"orders\",\"read\":\"/orders/{id}\",\"write\":\"/orders/{id}\","
            + "\"mode\":\"observe\"}",
        only.lines());
    assertEquals(3, only.lost());
    assertEquals(2, only.examples().size());
  }

  @Test
  void pathsOfClientsDoNotBecomePatterns() {
    journal.record(
        new LostUpdateEvent(
            problem("/app/a*b/{x}/\"/7"), "PUT", "k", null, null, Collision.unknown()));
    assertEquals("add-rule:/{id}/{id2}/{id3}/{id4}", advice().get(0).id());
  }

  @Test
  void conflictsOfThePatternsGiveTheirAdvice() {
    Collision self = Collision.builder().other("u-1", Origin.SELF).wasted(60_000).build();
    Collision disjoint =
        Collision.builder()
            .other("u-1", Origin.OTHER)
            .fields(Map.of("a", ChangedBy.THEIRS, "b", ChangedBy.YOURS))
            .build();
    for (int i = 0; i < 5; i++) {
      conflict("POST", "twice", self);
      conflict("POST", "apart", disjoint);
    }
    conflict("GET", "read", Collision.unknown());
    journal.record(
        new LockWaitEvent(
            "PUT", "/app/x", "x", "slow", true, Collision.builder().lockWait(4000).build()));
    List<String> ids = advice().stream().map(Advice::id).toList();
    assertEquals("two-tabs:twice", ids.get(0), "wasted time counts first");
    assertTrue(
        ids.containsAll(
            List.of("merge:apart", "conflict-on-read:read", "lock-waits:slow", "two-tabs:twice")),
        ids.toString());
    assertEquals(4, ids.size(), ids.toString());
  }

  @Test
  void adviceForSwallowedConflictsDependsOnTheModeOfTheRule() {
    for (String rule : List.of("observing", "protecting")) {
      rules.add(new RuleEvidence(rule, rule.equals("observing"), true, 10, 0, 0));
      patterns.add(
          journal.record(
              ConflictEvent.of(problem("/app/x/1"), Found.RECORDER, "POST", "x/1")
                  .rule(rule)
                  .answered(false)
                  .build()));
    }
    AdviceTexts english = AdviceTexts.in("en");
    Advice observing = adviceOf("swallowed-observed:observing");
    assertEquals(
        "\"mode\": \"protect\", \"suspectResponses\": [\"200\", \"4xx\"]", observing.lines());
    assertTrue(observing.cure(english).contains("Set the mode"));
    Advice protecting = adviceOf("swallowed:protecting");
    assertEquals("\"suspectResponses\": [\"200\", \"4xx\"]", protecting.lines());
    assertFalse(protecting.cure(english).contains("mode"), protecting.cure(english));
  }

  @Test
  void conflictsWhoseStateIsUnknownGiveTheInternalGetUntilItIsAllowed() {
    rules.add(new RuleEvidence("pages", false, false, 100, 5, 0));
    for (int i = 0; i < 5; i++) {
      assertEquals(List.of(), advice());
      conflict("POST", "pages", Collision.unknown());
    }
    Advice hint = adviceOf("allow-internal-get:pages");
    assertEquals("\"allowInternalGet\": true", hint.lines());
    assertTrue(hint.evidence(AdviceTexts.in("en")).startsWith("In 5 of 5 conflicts"));
    assertEquals(2, hint.examples().size());
    rules.set(0, new RuleEvidence("pages", false, true, 100, 5, 0));
    assertEquals(List.of(), advice());
    rules.set(0, new RuleEvidence("tagged", false, false, 100, 5, 0));
    EntityTag current = EntityTag.strong("2");
    for (int i = 0; i < 9; i++) {
      conflict("PUT", "tagged", Collision.builder().tags(null, current, null).build());
    }
    assertEquals(List.of(), advice(), "the current state was known");
  }

  @Test
  void whatWasOnlyObservedDoesNotGiveTheInternalGet() {
    for (String rule : List.of("observing", "protecting")) {
      rules.add(new RuleEvidence(rule, rule.equals("observing"), false, 100, 0, 0));
      for (int i = 0; i < 9; i++) {
        ConflictEvent event =
            ConflictEvent.of(problem("/app/x/1"), Found.PRECONDITION, "PUT", "x/1")
                .rule(rule)
                .answered(false)
                .build();
        patterns.add(journal.record(event));
      }
    }
    assertEquals(List.of(), advice(), "the state is not part of what was not sent");
    for (int i = 0; i < 5; i++) {
      conflict("PUT", "protecting", Collision.unknown());
    }
    Advice hint = adviceOf("allow-internal-get:protecting");
    assertTrue(hint.evidence(AdviceTexts.in("en")).startsWith("In 5 of 5 conflicts"));
    assertEquals(5, hint.count());
  }

  private Advice adviceOf(String id) {
    return advice().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void lostUpdatesComeBeforeWastedTimeAndThatBeforeCounts() {
    for (int i = 0; i < 50; i++) {
      conflict("POST", "twice", Collision.builder().other("u-1", Origin.SELF).wasted(1).build());
    }
    rules.add(new RuleEvidence("orders", true, true, 10, 0, 1));
    assertEquals("protect:orders", advice().get(0).id());
  }

  @Test
  void everyKindHasAllTextsInBothLanguages() {
    for (String language : List.of("en", "de")) {
      AdviceTexts texts = AdviceTexts.in(language);
      for (AdviceKind kind : AdviceKind.values()) {
        for (String part : List.of("title", "evidence", "cure", "effect", "price")) {
          String text = texts.get(kind, part, "S", List.of(1, 2, 3));
          assertFalse(text.isBlank() || text.contains("{"), kind + " " + part + ": " + text);
        }
      }
    }
  }
}
