package io.github.conflictguard.servlet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnusedRulesTest {

  @Test
  void rulesThatNothingFitsAreNamedOnceAfterManyRequests() {
    FilterConfig config = mock(FilterConfig.class);
    when(config.getFilterName()).thenReturn("guard");
    when(config.getServletContext()).thenReturn(mock(ServletContext.class));
    List<String> log = new ArrayList<>();
    Doctor doctor = Doctor.of(config, "Guard", log::add);
    for (int i = 1; i < Doctor.REQUESTS_UNTIL_RULES_ARE_JUDGED; i++) {
      doctor.served(() -> List.of("typos", "others"));
    }
    assertEquals(List.of(), log);
    for (int i = 0; i < Doctor.REQUESTS_UNTIL_RULES_ARE_JUDGED; i++) {
      doctor.served(() -> List.of("typos", "others"));
    }
    assertEquals(
        List.of(
            "No request has fitted rule 'typos', of 10000 since the start. Compare its patterns"
                + " with the paths of the requests, which begin behind the path of the"
                + " application, and with the rules in front of it, which come first [unused-rule]",
            "No request has fitted rule 'others', of 10000 since the start. Compare its patterns"
                + " with the paths of the requests, which begin behind the path of the"
                + " application, and with the rules in front of it, which come first"
                + " [unused-rule]"),
        log);
  }
}
