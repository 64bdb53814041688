package io.github.conflictguard.servlet.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ShownResourcesTest {

  private static final long HOUR = 3600;

  private final AtomicLong seconds = new AtomicLong();
  private final ShownResources shown = new ShownResources(seconds::get);

  @Test
  void whatWasShownIsKnownForEightHours() {
    assertFalse(shown.contains("a"));
    shown.add("a");
    assertTrue(shown.contains("a"));
    assertFalse(shown.contains("b"));
    seconds.set(8 * HOUR);
    assertTrue(shown.contains("a"));
    seconds.set(9 * HOUR);
    assertFalse(shown.contains("a"));
    shown.add("a");
    assertTrue(shown.contains("a"));
  }

  @Test
  void whatIsRemovedIsNotKnown() {
    shown.add("a");
    shown.add("a");
    shown.add("b");
    shown.remove("a");
    assertFalse(shown.contains("a"));
    assertTrue(shown.contains("b"));
  }

  /** Nothing is taken for shown that was not, and what was shown last stays longest. */
  @Test
  void theTableForgetsTheOldestFirst() {
    for (int i = 0; i < 100_000; i++) {
      shown.add("old " + i);
    }
    seconds.set(HOUR);
    for (int i = 0; i < 1000; i++) {
      shown.add("new " + i);
    }
    int known = 0;
    for (int i = 0; i < 1000; i++) {
      known += shown.contains("new " + i) ? 1 : 0;
    }
    assertTrue(known > 990, "known: " + known);
    int wrong = 0;
    for (int i = 0; i < 100_000; i++) {
      wrong += shown.contains("never " + i) ? 1 : 0;
    }
    assertEquals(0, wrong);
  }
}
