package io.github.conflictguard.servlet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.servlet.MarkdownTable;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The table of findings in the documentation has a row for each code. */
class FindingTableTest {

  @Test
  void tableHasARowForEachCodeAndNoOther() {
    assertEquals(
        Arrays.stream(FindingCode.values()).map(FindingCode::toString).sorted().toList(),
        MarkdownTable.with("nothing-guarded", "finding", "means", "cure").names().stream()
            .sorted()
            .toList());
  }
}
