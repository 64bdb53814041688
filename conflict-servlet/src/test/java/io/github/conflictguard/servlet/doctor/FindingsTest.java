package io.github.conflictguard.servlet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FindingsTest {

  private final List<String> log = new ArrayList<>();
  private final Findings findings = new Findings(log::add, log::add);

  @Test
  void eachFindingIsLoggedOnceAndThereIsABound() {
    for (int i = 0; i < 3 * Findings.MOST; i++) {
      findings.add(FindingCode.SLOW_CLIENT, "about " + i % (2 * Findings.MOST), "found", "cure");
    }
    assertEquals(Findings.MOST, findings.all().size());
    assertEquals(Findings.MOST, log.size());
  }

  @Test
  void findingThatNoLongerHoldsIsLeftOut() {
    AtomicBoolean holds = new AtomicBoolean(true);
    findings.addWhile(FindingCode.SLOW_CLIENT, "", "found", "cure", holds::get);
    assertEquals(1, findings.all().size());
    holds.set(false);
    assertEquals(List.of(), findings.all());
    assertEquals(List.of("found. cure [slow-client]"), log);
  }
}
