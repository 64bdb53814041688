package io.github.conflictguard.client;

import java.time.Duration;

/**
 * How often and how long a {@link ConditionalClient} tries. The pause before a repetition is random
 * between 0 and a limit that doubles each time (exponential back-off with full jitter), so that
 * clients that collided once do not collide again. Immutable and thread-safe.
 */
public final class RetryPolicy {

  /** Far less than the nanoseconds that a long can count. */
  private static final Duration LONGEST = Duration.ofDays(10_000);

  private static final RetryPolicy USUAL =
      new RetryPolicy(
          4,
          3,
          Duration.ofMillis(100),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  private final int sends;
  private final int updates;
  private final Duration firstPause;
  private final Duration longestPause;
  private final Duration longestWait;
  private final Duration updateTime;

  private RetryPolicy(
      int sends,
      int updates,
      Duration firstPause,
      Duration longestPause,
      Duration longestWait,
      Duration updateTime) {
    this.sends = atLeastOnce("sends", sends);
    this.updates = atLeastOnce("updates", updates);
    this.firstPause = notNegative("firstPause", firstPause);
    this.longestPause = notNegative("longestPause", longestPause);
    this.longestWait = notNegative("longestWait", longestWait);
    this.updateTime = notNegative("updateTime", updateTime);
  }

  /** Returns the policy with all defaults. */
  public static RetryPolicy usual() {
    return USUAL;
  }

  /**
   * Returns this policy with another limit for the times that one request is sent, the first time
   * included. Default: 4.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public RetryPolicy withSends(int times) {
    return new RetryPolicy(times, updates, firstPause, longestPause, longestWait, updateTime);
  }

  /**
   * Returns this policy with another limit for the times that one update is applied to a state.
   * Default: 3.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public RetryPolicy withUpdates(int times) {
    return new RetryPolicy(sends, times, firstPause, longestPause, longestWait, updateTime);
  }

  /**
   * Returns this policy with other pauses: random, below the first one before the first repetition,
   * below twice the first one before the second, and so on up to the longest. Default: 100 ms, 5 s.
   *
   * @throws IllegalArgumentException if one of them is negative
   */
  public RetryPolicy withPauses(Duration first, Duration longest) {
    return new RetryPolicy(sends, updates, first, longest, longestWait, updateTime);
  }

  /**
   * Returns this policy with another limit for {@code Retry-After}. A response that requires a
   * longer time is returned to the caller, without waiting. Default: 30 s.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public RetryPolicy withLongestWait(Duration limit) {
    return new RetryPolicy(sends, updates, firstPause, longestPause, limit, updateTime);
  }

  /**
   * Returns this policy with another time after whose end an update is not tried again. A request
   * that is under way is not interrupted: that is a matter of the timeouts of the HTTP client.
   * Default: 10 s.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public RetryPolicy withUpdateTime(Duration limit) {
    return new RetryPolicy(sends, updates, firstPause, longestPause, longestWait, limit);
  }

  int sends() {
    return sends;
  }

  int updates() {
    return updates;
  }

  Duration updateTime() {
    return updateTime;
  }

  /** Returns the longest time of {@code Retry-After} that is waited for. */
  public Duration longestWait() {
    return longestWait;
  }

  /**
   * Returns the pause before a repetition.
   *
   * @param repetition 1 for the first one
   * @param chance from 0 (inclusive) to 1 (exclusive)
   */
  public Duration pause(int repetition, double chance) {
    long limit = Math.min(nanos(firstPause), nanos(longestPause));
    for (int i = 1; i < repetition && limit > 0 && limit < nanos(longestPause); i++) {
      limit = Math.min(2 * limit, nanos(longestPause));
    }
    return Duration.ofNanos((long) (limit * chance));
  }

  /** Returns the nanoseconds of a duration, at most those of {@link #LONGEST}. */
  static long nanos(Duration duration) {
    return duration.compareTo(LONGEST) < 0 ? duration.toNanos() : LONGEST.toNanos();
  }

  private static int atLeastOnce(String name, int times) {
    if (times < 1) {
      throw new IllegalArgumentException(name + ": expected at least 1, found " + times);
    }
    return times;
  }

  private static Duration notNegative(String name, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          name + ": expected a duration that is not negative, found " + duration);
    }
    return duration;
  }
}
