package io.github.conflictguard.servlet.doctor;

/** Reports a hidden field that differs on each page of one record. */
final class ChangingFieldFinding {

  private static final int LONGEST_NAME = 100;

  private ChangingFieldFinding() {}

  /**
   * Adds the finding for a field.
   *
   * @param rule the rule of the form
   * @param field the name of the field
   */
  static void add(Findings findings, String rule, String field) {
    String shown = field.replaceAll("[^!-~]", "?");
    findings.add(
        FindingCode.CHANGING_FIELD,
        rule + ' ' + shown,
        "The hidden field '"
            + (shown.length() > LONGEST_NAME ? shown.substring(0, LONGEST_NAME) : shown)
            + "' of a form"
            + Findings.ofRule(rule)
            + " is different on each page of one record that was not written between, so it does"
            + " not count as a value for this client",
        "Name it under forms.ignore of the rule, and it counts for no client, from the first page"
            + " on");
  }
}
