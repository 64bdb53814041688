package io.github.conflictguard.classify.sql;

import io.github.conflictguard.classify.evidence.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The error codes of one database. Implementations are stateless.
 *
 * <p>There is no common table for all databases: vendor codes collide (1205 is a lock wait in one
 * product and a deadlock in another), and so do SQLStates.
 */
public interface SqlDialect {

  /** Returns the packages of its drivers, as prefixes of class names. */
  List<String> packages();

  /**
   * Returns whether a failure that no driver of this database created repeats the failure of one of
   * them: pools, proxies and persistence layers copy state, code and message into exceptions of
   * their own, and may drop the driver's.
   */
  default boolean isRepeatedIn(SqlFailure failure) {
    return false;
  }

  /** Judges a failure of this database; undecided when the code is ambiguous. */
  Verdict verdict(SqlFailure failure);

  /**
   * Judges a failure whose code is in no table, by a state that has the same meaning in all
   * products. Undecided where applications can choose states.
   */
  default Verdict verdictByState(SqlFailure failure) {
    return StandardStates.verdictForKnownDriver(failure);
  }

  /** Returns whether the driver's batch exceptions repeat the message of the failed row only. */
  default boolean repeatsMessageInBatch() {
    return false;
  }

  /**
   * Returns the name of the violated constraint from an exception that the driver itself created,
   * or null. Must never return a value that a user entered.
   */
  default @Nullable String constraint(SqlFailure failure) {
    return null;
  }
}
