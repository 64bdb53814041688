package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.resource.Hold;
import io.github.conflictguard.resource.ResourceLocks;
import io.github.conflictguard.servlet.config.FilterNames;
import io.github.conflictguard.servlet.request.BodyWait;
import io.github.conflictguard.servlet.request.LocalAddress;
import io.github.conflictguard.servlet.request.PacedRequest;
import io.github.conflictguard.servlet.response.OnRequestComplete;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The lock on the record that a write changes. While the write waits for data from its client, it
 * yields the lock to other writes. A write without a precondition reacquires the lock before it
 * continues. A write with a precondition fails, because the precondition may no longer hold. An
 * asynchronous write that is never completed loses its lock after a timeout.
 *
 * <p>Thread-safe for the threads of its request.
 */
final class RecordLock implements BodyWait {

  private static final Logger LOG = FilterNames.log();

  /** Allows for the work of the container between the timeout and the end of a request. */
  private static final long GRACE_MILLIS = 1_000;

  private final Exchange exchange;
  private final Hold hold;
  private final boolean exclusive;
  private volatile boolean listenedTo;
  private volatile @Nullable ProblemDetail failure;

  private RecordLock(Exchange exchange, Hold hold, boolean exclusive) {
    this.exchange = exchange;
    this.hold = hold;
    this.exclusive = exclusive;
  }

  /**
   * Acquires the lock.
   *
   * @param exclusive whether the write has a precondition
   * @return null when the lock was not acquired in time, or too many threads wait
   */
  static @Nullable RecordLock take(ResourceLocks locks, Exchange exchange, boolean exclusive) {
    try {
      Hold hold = acquire(locks, exchange, exclusive, 0);
      if (hold == null) {
        long begin = System.nanoTime();
        hold = acquire(locks, exchange, exclusive, exchange.policy.lockTimeoutMillis);
        exchange.progress.lockWait(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
      }
      return hold == null ? null : new RecordLock(exchange, hold, exclusive);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static @Nullable Hold acquire(
      ResourceLocks locks, Exchange exchange, boolean exclusive, int timeout)
      throws InterruptedException {
    return exclusive
        ? locks.exclusive(exchange.target.key(), timeout, TimeUnit.MILLISECONDS)
        : locks.shared(exchange.target.key(), timeout, TimeUnit.MILLISECONDS);
  }

  /** Returns a request that yields the lock while its body is being received. */
  HttpServletRequest paced(HttpServletRequest request) {
    return PacedRequest.of(request, this);
  }

  /** Returns the problem to respond with if the write could not continue; null if it could. */
  @Nullable ProblemDetail failure() {
    return failure;
  }

  /**
   * Releases the lock, or schedules its release for the end of an asynchronous request.
   *
   * @param asyncMillis how long a write may be asynchronous before others can take the lock
   * @param whenTaken called when another write takes the lock
   */
  void release(long asyncMillis, Runnable whenTaken) {
    HttpServletRequest request = exchange.request;
    if (request.isAsyncStarted()) {
      long timeout = timeoutOf(request);
      long limit = timeout == 0 ? asyncMillis : Math.max(asyncMillis, timeout + GRACE_MILLIS);
      hold.limit(
          limit,
          TimeUnit.MILLISECONDS,
          () -> {
            whenTaken.run();
            tellNeverCompleted();
          });
      if (listenedTo) {
        // The container calls the application with the first data after this.
        hold.pause();
      }
    }
    OnRequestComplete.orNow(request, hold::close);
  }

  /**
   * Returns the asynchronous timeout of the container, after which the lock is released; 0 for
   * none.
   */
  private static long timeoutOf(HttpServletRequest request) {
    try {
      return Math.max(0, request.getAsyncContext().getTimeout());
    } catch (IllegalStateException e) {
      // The asynchronous processing has ended in the meantime.
      return 0;
    }
  }

  @Override
  public void listens() {
    listenedTo = true;
  }

  @Override
  public void begins() throws IOException {
    if (failure != null) {
      throw new IOException("The lock of the record was given up");
    }
    hold.pause();
  }

  @Override
  public void ends() throws IOException {
    int timeout = exchange.policy.lockTimeoutMillis;
    try {
      if (failure == null && hold.resume(timeout, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail();
      throw new InterruptedIOException("Interrupted while the record was locked");
    }
    fail();
    throw new IOException(
        exclusive
            ? "The body came so slowly that others were given the lock of the record"
            : "The record was locked by others when the body had come");
  }

  private void fail() {
    if (failure != null) {
      return;
    }
    if (exclusive) {
      failure = exchange.problems.slowRequest(exchange.request);
      exchange.doctor.slowClient(exchange.policy.ruleName());
      LOG.warning(() -> "A conditional write was ended, because its body came slowly" + where());
    } else {
      failure =
          exchange.problems.conflict(exchange.request, exchange.conditions, ConflictKind.LOCKED);
    }
  }

  private void tellNeverCompleted() {
    exchange.doctor.neverCompleted(exchange.policy.ruleName());
    LOG.warning(
        () -> "An asynchronous write has lost its lock, because it was not completed" + where());
  }

  private String where() {
    String rule = exchange.policy.ruleName();
    return " while others waited: "
        + (rule == null ? "no rule" : "rule '" + rule + "'")
        + ", path "
        + LocalAddress.shownPathOf(exchange.request);
  }
}
