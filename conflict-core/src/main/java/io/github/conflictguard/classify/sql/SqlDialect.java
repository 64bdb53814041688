package io.github.conflictguard.classify.sql;

import io.github.conflictguard.classify.evidence.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The error codes of one database. Has no state.
 *
 * <p>There is no table for all databases: vendor codes collide (1205 is a lock wait in one product
 * and a deadlock in another), and so do SQLStates.
 */
public interface SqlDialect {

  /** The packages of its drivers, as beginnings of class names. */
  List<String> packages();

  /**
   * Says whether the failure, which no driver of this database made, repeats what one of them has
   * said: pools, proxies and persistence layers copy state, code and message into exceptions of
   * their own, and may drop the driver's.
   */
  default boolean isRepeatedIn(SqlFailure failure) {
    return false;
  }

  /** Judges a failure of its own; undecided when the code may mean anything. */
  Verdict verdict(SqlFailure failure);

  /**
   * Judges a failure whose code is in no table, by a state that means the same in all products.
   * Undecided where states are taken from users.
   */
  default Verdict verdictByState(SqlFailure failure) {
    return StandardStates.verdictForKnownDriver(failure);
  }

  /** Returns whether the driver's batch exceptions repeat the message of the failed row alone. */
  default boolean repeatsMessageInBatch() {
    return false;
  }

  /**
   * The name of the violated constraint out of an exception that the driver itself has made, or
   * null. A value that a user typed must never be taken for it.
   */
  default @Nullable String constraint(SqlFailure failure) {
    return null;
  }
}
