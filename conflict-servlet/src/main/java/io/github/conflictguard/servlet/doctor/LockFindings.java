package io.github.conflictguard.servlet.doctor;

import org.jspecify.annotations.Nullable;

/** Reports writes that kept the lock of their record for too long. */
final class LockFindings {

  private LockFindings() {}

  /** Adds the finding for a write whose client sent its body slowly. */
  static void addSlowClient(Findings findings, @Nullable String rule) {
    findings.add(
        FindingCode.SLOW_CLIENT,
        String.valueOf(rule),
        "A conditional write was ended with 408"
            + Findings.ofRule(rule)
            + ", because its client sent the body slowly while other writes waited for the record",
        "Raise slowClientMillis if that is how your clients send; a body of up to 256 KiB with a"
            + " Content-Length is received before the record is locked");
  }

  /** Adds the finding for an asynchronous write that was not completed in time. */
  static void addNeverCompleted(Findings findings, @Nullable String rule) {
    findings.add(
        FindingCode.ASYNC_NEVER_COMPLETED,
        String.valueOf(rule),
        "An asynchronous write was not completed in time"
            + Findings.ofRule(rule)
            + ", and lost its lock",
        "Let the application complete every AsyncContext, also after failures, and set a timeout;"
            + " raise asyncLockMillis if such writes take longer");
  }
}
