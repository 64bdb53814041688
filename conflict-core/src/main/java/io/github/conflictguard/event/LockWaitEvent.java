package io.github.conflictguard.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A write that waited long for another write to the same resource. Immutable. */
public final class LockWaitEvent {

  private final Instant time;
  private final String method;
  private final String path;
  private final String resourceKey;
  private final @Nullable String rule;
  private final boolean acquired;
  private final Collision collision;

  /**
   * Creates an event.
   *
   * @param rule the rule that applies; null for none
   * @param acquired whether the write got the lock
   * @param collision contains how long it waited
   */
  public LockWaitEvent(
      String method,
      String path,
      String resourceKey,
      @Nullable String rule,
      boolean acquired,
      Collision collision) {
    this.time = Instant.now();
    this.method = method;
    this.path = path;
    this.resourceKey = resourceKey;
    this.rule = rule;
    this.acquired = acquired;
    this.collision = collision;
  }

  /** Returns the end of the wait. */
  public Instant time() {
    return time;
  }

  /** Returns the method of the request. */
  public String method() {
    return method;
  }

  /** Returns the path of the request as sent by the client, without its query. */
  public String path() {
    return path;
  }

  /** Returns the key of the request's resource; its path if no rule applies. */
  public String resourceKey() {
    return resourceKey;
  }

  /** Returns the name of the rule that applies; null for none. */
  public @Nullable String rule() {
    return rule;
  }

  /** Returns whether the write got the lock. */
  public boolean isAcquired() {
    return acquired;
  }

  /** Returns how long the write waited, in milliseconds. */
  public long waitedMillis() {
    return collision.lockWait();
  }

  /** Returns what is known of the write. */
  public Collision collision() {
    return collision;
  }

  /** Returns one line of {@code key=value} pairs for a log. */
  @Override
  public String toString() {
    return new LogLine("lock-wait")
        .with("millis", waitedMillis())
        .with("acquired", acquired)
        .with("rule", rule)
        .with("method", method)
        .with("path", path)
        .with("resource", resourceKey)
        .toString();
  }
}
