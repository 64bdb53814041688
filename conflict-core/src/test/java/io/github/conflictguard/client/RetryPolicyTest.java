package io.github.conflictguard.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0",
    "1, 0.5, 50",
    "2, 0.5, 100",
    "3, 0.5, 200",
    "6, 0.5, 1600",
    "7, 0.5, 2500",
    "1000000, 0.5, 2500",
  })
  void pauseIsAShareOfALimitThatDoubles(int repetition, double chance, long millis) {
    assertEquals(Duration.ofMillis(millis), RetryPolicy.usual().pause(repetition, chance));
  }

  @Test
  void extremeDurationsDoNotOverflow() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    RetryPolicy policy = RetryPolicy.usual().withPauses(longest, longest);
    assertFalse(policy.pause(Integer.MAX_VALUE, 0.999).isNegative());
    RetryPolicy none = RetryPolicy.usual().withPauses(Duration.ZERO, longest);
    assertEquals(Duration.ZERO, none.pause(Integer.MAX_VALUE, 0.999));
  }

  @Test
  void wrongValuesAreNamed() {
    RetryPolicy policy = RetryPolicy.usual();
    assertEquals(
        "sends: expected at least 1, found 0",
        assertThrows(IllegalArgumentException.class, () -> policy.withSends(0)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> policy.withUpdates(-1));
    Duration negative = Duration.ofMillis(-1);
    assertEquals(
        "longestWait: expected a duration that is not negative, found PT-0.001S",
        assertThrows(IllegalArgumentException.class, () -> policy.withLongestWait(negative))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> policy.withPauses(negative, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> policy.withUpdateTime(negative));
  }

  @Test
  void budgetIsFilledByRequestsUpToItsCapacity() {
    RetryBudget budget = RetryBudget.of(2, 0.5);
    assertTrue(budget.take());
    assertTrue(budget.take());
    assertFalse(budget.take());
    budget.add();
    assertFalse(budget.take());
    budget.add();
    assertTrue(budget.take());
    for (int i = 0; i < 100; i++) {
      budget.add();
    }
    assertTrue(budget.take());
    assertTrue(budget.take());
    assertFalse(budget.take());
    assertThrows(IllegalArgumentException.class, () -> RetryBudget.of(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> RetryBudget.of(1, Double.NaN));
  }
}
