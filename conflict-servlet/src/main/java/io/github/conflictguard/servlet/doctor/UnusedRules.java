package io.github.conflictguard.servlet.doctor;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reports the rules that no request has matched, after a number of requests. */
final class UnusedRules {

  /** The number of requests after which a rule that matched none is reported. */
  static final int REQUESTS_UNTIL_RULES_ARE_JUDGED = 10_000;

  private final Findings findings;
  private final AtomicInteger served = new AtomicInteger();

  UnusedRules(Findings findings) {
    this.findings = findings;
  }

  /** See {@link Doctor#served}. */
  void served(Supplier<List<String>> unused) {
    if (served.get() < REQUESTS_UNTIL_RULES_ARE_JUDGED
        && served.incrementAndGet() == REQUESTS_UNTIL_RULES_ARE_JUDGED) {
      findings.addChanging(FindingCode.UNUSED_RULE, () -> finding(unused.get()));
    }
  }

  private static @Nullable SetupFinding finding(List<String> rules) {
    return rules.isEmpty()
        ? null
        : new SetupFinding(
            FindingCode.UNUSED_RULE.toString(),
            rules.size()
                + (rules.size() == 1 ? " rule has" : " rules have")
                + " fitted no request, of "
                + REQUESTS_UNTIL_RULES_ARE_JUDGED
                + " and more since the start: "
                + Findings.someOf(rules),
            "Compare their patterns with the paths of the requests, which begin behind the path of"
                + " the application, and with the rules in front of them, which come first");
  }
}
