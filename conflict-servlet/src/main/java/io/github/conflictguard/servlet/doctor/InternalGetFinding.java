package io.github.conflictguard.servlet.doctor;

/** Reports that an internal GET bypasses the protection of a resource. */
final class InternalGetFinding {

  private InternalGetFinding() {}

  /**
   * Adds the finding for a rule.
   *
   * @param skipped the filter or the security constraint that is bypassed
   */
  static void add(Findings findings, String rule, String skipped) {
    findings.add(
        FindingCode.INTERNAL_GET_SKIPS_PROTECTION,
        skipped,
        "An internal GET, as rule '"
            + rule
            + "' makes it before a write, does not pass "
            + skipped
            + ": it may read what the client may not. What it reads is shown to clients alone to"
            + " whom the application has served the resource itself",
        "If that decides who may read: map a filter to the dispatchers FORWARD and INCLUDE as well,"
            + " let the application check the user itself, or give the rule a tag that needs no"
            + " internal GET (counter, query, resolver, form without allowInternalGet). Else nothing has to be"
            + " done");
  }
}
