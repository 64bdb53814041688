package io.github.conflictguard.servlet.monitor;

import io.github.conflictguard.guard.RetryCounts;
import io.github.conflictguard.servlet.doctor.SetupFinding;
import java.util.List;

/**
 * Controls one running filter by JMX, under the name {@code
 * io.github.conflictguard:type=ConflictFilter,context="<context path>",name="<filter name>"}.
 */
public interface ConflictFilterMXBean {

  /** Whether the filter does anything at all. */
  boolean isEnabled();

  /**
   * Switches the filter off or on, from the next request on and until the application is started
   * again. While it is off every request passes as if there were no filter: nothing is tagged,
   * nothing is refused, and conflicts leave the application as they are.
   */
  void setEnabled(boolean enabled);

  /**
   * What was counted since the application started, for each rule in the order of the file, and at
   * the end for the requests that no rule speaks of.
   */
  List<RuleCounts> getRules();

  /**
   * How many conflicts there were since the application started, by rule, kind and guarded method,
   * those included that were only observed. No more than about 1000 places are told apart.
   */
  List<ConflictCounts> getConflicts();

  /**
   * Returns how often guarded methods have run again since the application was loaded, and with
   * what result, by their names.
   */
  List<RetryCounts> getRetries();

  /**
   * What keeps the filter from its work, as far as it has been seen since the application started,
   * each with its cure. The log has the same.
   */
  List<SetupFinding> getFindings();

  /**
   * Returns whether exceptions that the application swallows are recorded by the agent: {@code
   * yes}, {@code no}, or {@code partly} where classes could not be instrumented.
   */
  String getRecorder();

  /** How many requests have reached the filter since the application started. */
  long getSeenRequests();

  /**
   * How many requests for what the filter is mapped to the container has served without the filter,
   * because another one in front of it has answered or forwarded them. Files, logins and health
   * checks are left out.
   */
  long getBypassingRequests();
}
