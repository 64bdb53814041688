package io.github.conflictguard.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.conflict.ConflictClassifier;
import io.github.conflictguard.conflict.ConflictKind;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExceptionRuleTest {

  private final ConflictClassifier creditLimit =
      ConflictClassifiers.rule(
          "java.sql.SQLException", Pattern.compile("^ORA-20017: "), ConflictKind.BUSINESS_RULE);

  @Test
  void classAndMessageOfTheSameThrowableDecide() {
    SQLException raised = new SQLException("ORA-20017: credit limit", "72000", 20017);

    assertEquals(ConflictKind.BUSINESS_RULE, creditLimit.classify(new RuntimeException(raised)));
    assertNull(creditLimit.classify(new SQLException("ORA-20018: other", "72000", 20018)));
    assertNull(
        creditLimit.classify(
            new RuntimeException("ORA-20017: ", new SQLException("in the wrong place"))));
    assertNull(creditLimit.classify(new SQLException((String) null)));
  }

  @Test
  void derivedClassesAndInterfacesAreMeantToo() {
    ConflictClassifier rule =
        ConflictClassifiers.rule("java.lang.RuntimeException", ConflictKind.WRONG_STATE);
    ConflictClassifier byInterface =
        ConflictClassifiers.rule("java.io.Serializable", ConflictKind.WRONG_STATE);

    assertEquals(ConflictKind.WRONG_STATE, rule.classify(new IllegalStateException()));
    assertEquals(ConflictKind.WRONG_STATE, byInterface.classify(new Exception()));
    assertNull(rule.classify(new Exception()));
  }

  @Test
  void errorIsNoConflictWhateverTheRule() {
    assertNull(
        ConflictClassifiers.rule("java.lang.Throwable", ConflictKind.LOCKED)
            .classify(new AssertionError()));
  }

  @Test
  void firstRuleThatMatchesDecides() {
    ConflictClassifier rules =
        ConflictClassifiers.firstOf(
            creditLimit, ConflictClassifiers.rule("java.sql.SQLException", ConflictKind.LOCKED));

    assertEquals(ConflictKind.BUSINESS_RULE, rules.classify(new SQLException("ORA-20017: x")));
    assertEquals(ConflictKind.LOCKED, rules.classify(new SQLException("other")));
    assertNull(rules.classify(new Exception()));
  }

  @Test
  void exclusionDecidesBeforeLaterRulesAndBeforeDrivers() {
    ConflictClassifier rules =
        ConflictClassifiers.firstOf(
            ConflictClassifiers.noConflict("java.sql.SQLException", Pattern.compile("^ARCHIVE: ")),
            ConflictClassifiers.standard());
    SQLException archived = new SQLException("ARCHIVE: duplicate", "23505");

    assertTrue(rules.excludes(archived));
    assertNull(rules.classify(new RuntimeException(archived)));
    assertEquals(ConflictKind.DUPLICATE_KEY, rules.classify(new SQLException("other", "23505")));
    assertFalse(rules.excludes(new SQLException("other", "23505")));
    assertFalse(ConflictClassifiers.noConflict("java.lang.Throwable").excludes(new Error()));
  }

  @Test
  void ruleWithoutClassIsRefusedAtOnce() {
    assertThrows(IllegalArgumentException.class, () -> ConflictClassifiers.noConflict(" "));
    assertThrows(
        IllegalArgumentException.class, () -> ConflictClassifiers.rule(" ", ConflictKind.LOCKED));
  }
}
