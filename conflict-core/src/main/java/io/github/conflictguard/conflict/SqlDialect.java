package io.github.conflictguard.conflict;

/**
 * The error codes of one database. Has no state.
 *
 * <p>There is no table for all databases: vendor codes collide (1205 is a lock wait in one product
 * and a deadlock in another), and so do SQLStates.
 */
interface SqlDialect {

  /** Says whether the failure comes from a driver of this database. */
  boolean recognises(SqlFailure failure);

  /** Judges a failure that it recognises; undecided when the code may mean anything. */
  Verdict verdict(SqlFailure failure);
}
