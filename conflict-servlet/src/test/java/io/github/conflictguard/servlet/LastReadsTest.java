package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.conflictguard.etag.EntityTag;
import org.junit.jupiter.api.Test;

class LastReadsTest {

  private static final EntityTag TAG = EntityTag.strong("t");

  @Test
  void theNewestAreRememberedAndNoMore() {
    LastReads reads = new LastReads(1_000);
    for (int i = 0; i < 1_000_000; i++) {
      reads.note("reader " + i, TAG);
    }
    assertEquals(1_000, reads.size());
    assertEquals(TAG, reads.take("reader 999999"));
    assertNull(reads.take("reader 998999"));
  }

  @Test
  void whoReadsAgainBecomesTheNewest() {
    LastReads reads = new LastReads(2);
    reads.note("a", TAG);
    reads.note("b", TAG);
    reads.note("a", EntityTag.strong("u"));
    reads.note("c", TAG);
    assertNull(reads.take("b"));
    assertEquals(EntityTag.strong("u"), reads.take("a"));
  }
}
