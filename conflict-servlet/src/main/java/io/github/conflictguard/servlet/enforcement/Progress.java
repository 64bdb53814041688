package io.github.conflictguard.servlet.enforcement;

import io.github.conflictguard.event.Collision;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.fence.WriteFence;
import io.github.conflictguard.servlet.rewrite.ObservedPass;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * What the steps and asynchronous passes of one request leave to later ones. Everything else about
 * a request is in its {@link Exchange}. Not thread-safe: the passes follow each other.
 */
public final class Progress {

  private @Nullable HttpServletResponse internalGet;
  private @Nullable HttpServletRequest body;
  private long lockWait = Collision.UNKNOWN_MILLIS;
  private @Nullable WriteFence fence;
  private @Nullable Reading reading;
  private @Nullable ObservedPass observed;
  private @Nullable KeyedOutcome keyed;

  Progress() {}

  /**
   * Sets the application's response to the internal GET.
   *
   * @param response null when the application has sent none
   */
  void internalGet(@Nullable HttpServletResponse response) {
    internalGet = response;
  }

  /** Returns the application's response to the internal GET; null when there is none. */
  @Nullable HttpServletResponse internalGet() {
    return internalGet;
  }

  /** Sets the request whose body was read before the lock was taken. */
  void body(HttpServletRequest read) {
    body = read;
  }

  /** Returns the request whose body was read before the lock was taken; null for none. */
  @Nullable HttpServletRequest body() {
    return body;
  }

  /** Sets the outcome of a request that is executed once. */
  void keyed(KeyedOutcome outcome) {
    keyed = outcome;
  }

  /** Returns the outcome of a request that is executed once; null for others. */
  @Nullable KeyedOutcome keyed() {
    return keyed;
  }

  /** Sets how long the write has waited for its lock, in milliseconds. */
  void lockWait(long millis) {
    lockWait = millis;
  }

  /** Returns how long the write has waited for its lock, in milliseconds; -1 if it has not. */
  long lockWait() {
    return lockWait;
  }

  /** Sets the comparison of this write with those of other nodes. */
  void fence(@Nullable WriteFence begun) {
    fence = begun;
  }

  /** Returns the comparison of this write with those of other nodes; null for none. */
  @Nullable WriteFence fence() {
    return fence;
  }

  /** Sets the read that the application is about to answer. */
  void reading(Reading begun) {
    reading = begun;
  }

  /** Returns the read in progress; null when there is none. */
  @Nullable Reading reading() {
    return reading;
  }

  /** Sets the observer of the response in each pass. */
  public void observed(ObservedPass pass) {
    observed = pass;
  }

  /** Returns the observer of the response in each pass; null when there is none. */
  public @Nullable ObservedPass observed() {
    return observed;
  }

  /** A read in progress. Immutable. */
  static final class Reading {

    /** The state from before the response; null when only the response determines it. */
    final @Nullable SelectedRepresentation known;

    private final BufferedResponse answer;

    Reading(@Nullable SelectedRepresentation known, BufferedResponse answer) {
      this.known = known;
      this.answer = answer;
    }

    /** Returns whether a part of the response was written, so that a tag can no longer be added. */
    boolean isBegun() {
      return answer.written() > 0;
    }
  }
}
