package io.github.conflictguard.servlet.monitor;

import io.github.conflictguard.count.RecoveryCounts;
import io.github.conflictguard.count.RetryCounts;
import io.github.conflictguard.servlet.doctor.SetupFinding;
import java.util.List;
import java.util.Map;

/**
 * Controls one running filter by JMX, under the name {@code
 * io.github.conflictguard:type=ConflictFilter,context="<context path>",name="<filter name>"}.
 */
public interface ConflictFilterMXBean {

  /** Returns whether the filter is enabled. */
  boolean isEnabled();

  /**
   * Enables or disables the filter, from the next request on and until the application is
   * restarted. While it is disabled every request passes as if there were no filter: no tags are
   * added, no request is refused, and the application's exceptions are not handled.
   */
  void setEnabled(boolean enabled);

  /**
   * Returns the counts since the application started, for each rule in the order of the file, and
   * at the end for the requests to which no rule applies.
   */
  List<RuleCounts> getRules();

  /**
   * Returns the conflicts since the application started, by rule, kind and guarded method,
   * including those that were only observed. At most about 1000 places are distinguished.
   */
  List<ConflictCounts> getConflicts();

  /**
   * Returns how often guarded methods have been retried since the application was loaded, and with
   * what result, by their names.
   */
  List<RetryCounts> getRetries();

  /**
   * Returns how often recover methods of guarded methods have taken the place of a conflict since
   * the application was loaded, and how often they have failed, by the names of the guarded
   * methods.
   */
  List<RecoveryCounts> getRecoveries();

  /**
   * Returns the conditions that prevent the filter from working, detected since the application
   * started, each with its remedy. The log contains the same findings.
   */
  List<SetupFinding> getFindings();

  /**
   * Returns whether exceptions that the application swallows are recorded by the agent: {@code
   * yes}, {@code no}, or {@code partly} where classes could not be instrumented.
   */
  String getRecorder();

  /**
   * Returns how many commits of guarded writes were compared with writes of other nodes, by level
   * and database: {@code fenced jdbc:postgresql://host/office}. Empty without a store.
   */
  Map<String, Long> getCommits();

  /** Returns how many requests have reached the filter since the application started. */
  long getSeenRequests();

  /**
   * Returns how many requests for paths to which the filter is mapped were served without it,
   * because a preceding filter has responded or forwarded them. Files, logins and health checks are
   * not counted.
   */
  long getBypassingRequests();
}
