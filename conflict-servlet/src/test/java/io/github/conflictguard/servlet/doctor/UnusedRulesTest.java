package io.github.conflictguard.servlet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnusedRulesTest {

  private final List<String> log = new ArrayList<>();
  private final List<String> unused = new ArrayList<>(List.of("typos", "others"));
  private final Doctor doctor = Doctor.of(config(), "Guard", log::add, log::add);

  @Test
  void rulesThatNothingFitsAreNamedOnceAfterManyRequests() {
    serve(UnusedRules.REQUESTS_UNTIL_RULES_ARE_JUDGED - 1);
    assertEquals(List.of(), log);
    serve(UnusedRules.REQUESTS_UNTIL_RULES_ARE_JUDGED);
    assertEquals(
        List.of(
            "2 rules have fitted no request, of 10000 and more since the start: typos, others."
                + " Compare their patterns with the paths of the requests, which begin behind the"
                + " path of the application, and with the rules in front of them, which come first"
                + " [unused-rule]"),
        log);
  }

  @Test
  void ruleThatIsUsedLaterLeavesTheFinding() {
    serve(UnusedRules.REQUESTS_UNTIL_RULES_ARE_JUDGED);
    unused.remove("typos");
    assertTrue(
        doctor.findings().get(0).getFound().startsWith("1 rule has fitted no request"),
        () -> doctor.findings().toString());
    unused.remove("others");
    assertEquals(List.of(), doctor.findings());
  }

  @Test
  void hundredRulesAreOneFindingThatNamesTen() {
    unused.clear();
    for (int i = 100; i < 200; i++) {
      unused.add("r" + i);
    }
    serve(UnusedRules.REQUESTS_UNTIL_RULES_ARE_JUDGED);
    assertEquals(1, log.size());
    assertTrue(log.get(0).contains("r108, r109 and 90 more. "), log.get(0));
  }

  private void serve(int requests) {
    for (int i = 0; i < requests; i++) {
      doctor.served(() -> unused);
    }
  }

  private static FilterConfig config() {
    FilterConfig config = mock(FilterConfig.class);
    when(config.getFilterName()).thenReturn("guard");
    ServletContext context = mock(ServletContext.class);
    when(config.getServletContext()).thenReturn(context);
    return config;
  }
}
