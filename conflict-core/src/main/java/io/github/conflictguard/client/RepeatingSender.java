package io.github.conflictguard.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.MalformedURLException;
import java.net.ProtocolException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request as often as it can be sent without a doubled effect, with pauses in between.
 * Thread-safe.
 */
final class RepeatingSender {

  private final Transport transport;
  private final RetryPolicy policy;
  private final RetryBudget budget;
  private final boolean keysHonoured;
  private final Timing timing;

  RepeatingSender(
      Transport transport,
      RetryPolicy policy,
      RetryBudget budget,
      boolean keysHonoured,
      Timing timing) {
    this.transport = transport;
    this.policy = policy;
    this.budget = budget;
    this.keysHonoured = keysHonoured;
    this.timing = timing;
  }

  /** Returns when a time from now on has passed, for {@link #send}. */
  long endOf(Duration time) {
    return timing.nanos() + RetryPolicy.nanos(time);
  }

  /**
   * Sends a request, and again where the response permits it.
   *
   * @param end when no repetition is sent any more; null for no such time
   * @throws IOException if there is no response, and the request cannot be repeated safely
   */
  ClientResponse send(ClientRequest request, @Nullable Long end) throws IOException {
    budget.add();
    for (int sent = 1; ; sent++) {
      ClientResponse response;
      try {
        response = transport.send(request);
      } catch (InterruptedIOException e) {
        // A timeout is one as well: the next attempt would take as long.
        throw e;
      } catch (ProtocolException | MalformedURLException | ResponseTooLongException e) {
        // The connection did not break, and the next attempt would fail in the same way.
        throw e;
      } catch (IOException e) {
        if (sent >= policy.sends() || !isSafe(request) || !pause(sent, null, end)) {
          throw e;
        }
        continue;
      }
      if (sent >= policy.sends()
          || !mayBeRepeated(request, response.advice())
          || !pause(sent, response.advice().after(), end)) {
        return response;
      }
    }
  }

  /** Sends a request once. */
  ClientResponse sendOnce(ClientRequest request) throws IOException {
    return transport.send(request);
  }

  /** Returns whether a request may be sent again although the server may have executed it. */
  private boolean isSafe(ClientRequest request) {
    // RFC 9110, 9.2.2 also permits it for PUT and DELETE. They would undo the change that another
    // client has made in between, or, with a precondition, be refused because of their own success.
    return request.isRead() || keysHonoured;
  }

  private boolean mayBeRepeated(ClientRequest request, ConflictAdvice advice) {
    boolean same = advice.retry() == RetryAdvice.SAME || advice.retry() == RetryAdvice.WAIT;
    return same && (advice.isRepeatable() || isSafe(request));
  }

  /**
   * Sleeps before a repetition.
   *
   * @param repetition 1 for the first one
   * @param after the time that the server requires; null for none
   * @param end when no repetition is sent any more; null for no such time
   * @return false, without sleeping, if there is none: the pause would be too long, or the budget
   *     is used up
   */
  boolean pause(int repetition, @Nullable Duration after, @Nullable Long end) throws IOException {
    if (after != null && after.compareTo(policy.longestWait()) > 0) {
      return false;
    }
    // Never before the time that the server requires, and not all at that time.
    long nanos =
        policy.pause(repetition, timing.chance()).toNanos()
            + (after == null ? 0 : RetryPolicy.nanos(after));
    boolean inTime = end == null || nanos < end - timing.nanos();
    if (!inTime || !budget.take()) {
      return false;
    }
    try {
      timing.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted before repetition " + repetition);
    }
    return true;
  }
}
