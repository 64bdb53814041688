package io.github.conflictguard.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The counters of writes of all resources, shared by the nodes of an application. A counter only
 * grows; each write of its resource gives it another value. Implementations are thread-safe.
 *
 * <p>Methods without a connection use the store's own, outside of any transaction of the
 * application.
 */
public interface CounterStore {

  /** The value of a counter that was never advanced. */
  long UNWRITTEN = 0;

  /**
   * Returns the value of a counter; {@link #UNWRITTEN} if there is none. Stores nothing.
   *
   * @param id see {@link ResourceIds}
   * @throws StoreException if the store cannot be read
   */
  long read(String id) throws StoreException;

  /**
   * Creates the counter with the value {@link #UNWRITTEN}, unless it exists. It stays if the write
   * fails, since another write may depend on it.
   *
   * @return whether it was created
   * @throws StoreException if the store cannot be written
   */
  boolean ensure(String id) throws StoreException;

  /**
   * Advances a counter, whatever its value is, and creates it if there is none.
   *
   * @return the new value
   * @throws StoreException if the store cannot be written
   */
  long advance(String id) throws StoreException;

  /**
   * Advances a counter if it has the expected value.
   *
   * @return the new value; the expected one if another write came first
   * @throws StoreException if the store cannot be written
   */
  long advanceFrom(String id, long expected) throws StoreException;

  /** Returns whether a connection of the application leads to the database of this store. */
  boolean isIn(Connection connection) throws SQLException;

  /**
   * Advances a counter in the transaction of a connection, if it has the expected value.
   *
   * @param next a greater value
   * @return whether the counter had the expected value
   * @throws SQLException if the database reports a failure; a conflict with another transaction may
   *     be among them
   */
  boolean advance(Connection connection, String id, long expected, long next) throws SQLException;

  /**
   * Advances a counter in the transaction of a connection, whatever its value is.
   *
   * @return whether the counter exists
   */
  boolean advance(Connection connection, String id) throws SQLException;

  /**
   * Returns the value that follows another one: the current time in milliseconds, or one more if
   * that is not greater. A counter that an administrator deletes does not return to an old value.
   */
  static long after(long value) {
    return Math.max(value + 1, System.currentTimeMillis());
  }
}
