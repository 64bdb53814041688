package io.github.conflictguard.servlet.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.conflictguard.servlet.history.LastReads.Seen;
import org.junit.jupiter.api.Test;

class LastReadsTest {

  @Test
  void theNewestAreRememberedAndNoMore() {
    LastReads reads = new LastReads(1_000);
    for (int i = 0; i < 1_000_000; i++) {
      reads.note("reader " + i, Seen.at(i, null));
    }
    assertEquals(1_000, reads.size());
    assertNotNull(reads.of("reader 999999"));
    assertNull(reads.of("reader 998999"));
  }

  @Test
  void whoReadsAgainBecomesTheNewest() {
    LastReads reads = new LastReads(2);
    reads.note("a", Seen.at(1, null));
    reads.note("b", Seen.at(2, null));
    reads.note("a", Seen.at(3, null));
    reads.note("c", Seen.at(4, null));
    assertNull(reads.of("b"));
    Seen seen = reads.of("a");
    assertEquals(3, seen.time);
    assertEquals(1, seen.firstTime);
  }
}
