package io.github.conflictguard.servlet.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.problem.RetryHint;
import io.github.conflictguard.servlet.MarkdownTable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of problem kinds in the documentation says what {@link ProblemType} says. */
class KindTableTest {

  private static final int STATUS = 1;
  private static final int KIND = 2;
  private static final int AGAIN = 3;

  private final MarkdownTable table =
      MarkdownTable.with("If-Match", "what happened", "status", "`kind`", "same request again?");

  @Test
  void tableHasEachKindAndNoOther() {
    Set<String> kinds = new HashSet<>();
    table.rows().forEach(row -> kinds.addAll(MarkdownTable.names(row.get(KIND))));
    Set<String> expected = new HashSet<>();
    Arrays.stream(ProblemType.values()).forEach(type -> expected.add(type.kind()));
    assertEquals(expected, kinds);
  }

  @ParameterizedTest
  @EnumSource
  void someRowOfTheKindHasTheStatusAndTheAdvice(ProblemType type) {
    List<List<String>> rows =
        table.rows().stream()
            .filter(row -> MarkdownTable.names(row.get(KIND)).contains(type.kind()))
            .toList();
    assertTrue(
        rows.stream()
            .anyMatch(
                row ->
                    row.get(STATUS).matches("(.*\\D)?" + type.status() + "\\b.*")
                        && isAdvice(row.get(AGAIN), type.retry())),
        rows + " do not say " + type.status() + " and " + type.retry());
  }

  private static boolean isAdvice(String cell, RetryHint advice) {
    switch (advice) {
      case SAME_REQUEST:
        return cell.equals("yes");
      case WITH_PRECONDITION:
        return cell.equals("with the header");
      case WITH_NEW_KEY:
        return cell.equals("with a new key");
      case REFRESH_THEN_RETRY:
        return cell.equals("no, read first");
      case AFTER_STATE_CHANGE:
        return cell.equals("when the state has changed");
      default:
        return cell.equals("no");
    }
  }
}
