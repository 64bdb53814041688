package io.github.conflictguard.servlet.doctor;

import io.github.conflictguard.recorder.Recordings;
import java.util.List;

/**
 * Determines whether the agent records exceptions that the application swallows, and reports if it
 * cannot.
 */
final class RecorderFindings {

  private RecorderFindings() {}

  /** Returns {@code yes}, {@code partly} or {@code no}. */
  static String state() {
    if (!Recordings.isInstalled()) {
      return "no";
    }
    return Recordings.isIncomplete() ? "partly" : "yes";
  }

  /**
   * Adds a finding for rules that expect swallowed conflicts, if exceptions are not recorded.
   *
   * @param rules their names; an empty list adds no finding
   */
  static void addUnrecorded(Findings findings, List<String> rules) {
    if (!rules.isEmpty() && !Recordings.isInstalled()) {
      findings.add(
          FindingCode.RECORDER_MISSING,
          "",
          "Answers that may hide a conflict are named (\"suspectResponses\") by "
              + Findings.someOf(rules)
              + ", but exceptions that the application catches are not recorded: the agent is not"
              + " in this JVM, or runs with recorder=false",
          "Add the agent (-javaagent) to the options of the server's JVM; without it, only an"
              + " exception that is left in an attribute of the request is found");
    }
  }

  /** Adds the finding for a recorded conflict that the application may have handled. */
  static void addStoresUnheard(Findings findings) {
    findings.add(
        FindingCode.STORES_UNHEARD,
        "",
        "A conflict was recorded behind an answer below 400, which stays as it is: no JDBC driver"
            + " reports to the recorder what it has stored, so a second attempt may have succeeded",
        "Where the driver was loaded before the agent, start the JVM with -javaagent. Where the"
            + " application stores by other means than JDBC, name what such an answer means with"
            + " \"conflictResponses\" in the rule");
  }
}
