package io.github.conflictguard.conflict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class CreditClassifierTest {

  private final ConflictClassifier classifier = new CreditClassifier();

  @Test
  void rulesOfTheDocumentationFindConflicts() {
    assertEquals(
        ConflictKind.BUSINESS_RULE,
        classifier.classify(new SQLException("ORA-20017: credit limit exceeded")));
    assertEquals(
        ConflictKind.WRONG_STATE,
        classifier.classify(new RuntimeException(new UnsupportedOperationException())));
    assertNull(classifier.classify(new SQLException("ORA-00942: no such table, ORA-20017: ")));
    assertFalse(classifier.excludes(new SQLException("ORA-20017: ")));
  }
}
