package io.github.conflictguard.event;

import io.github.conflictguard.problem.ProblemDetail;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lost update: a write that was carried out, and has overwritten a change that its sender had not
 * seen. Detected in mode observe. Immutable.
 */
public final class LostUpdateEvent {

  private final Instant time;
  private final ProblemDetail problem;
  private final String method;
  private final String resourceKey;
  private final @Nullable String rule;
  private final @Nullable Instant overwritten;
  private final Collision collision;

  /**
   * Creates an event.
   *
   * @param problem the response that mode protect would have sent, to the same write with a
   *     precondition
   * @param rule the rule that applies; null for none
   * @param overwritten the time of the overwritten write; null if it was made elsewhere
   */
  public LostUpdateEvent(
      ProblemDetail problem,
      String method,
      String resourceKey,
      @Nullable String rule,
      @Nullable Instant overwritten,
      Collision collision) {
    this.time = Instant.now();
    this.problem = problem;
    this.method = method;
    this.resourceKey = resourceKey;
    this.rule = rule;
    this.overwritten = overwritten;
    this.collision = collision;
  }

  /** Returns the time of detection. */
  public Instant time() {
    return time;
  }

  /** Returns the {@code instance} of the event, a URN. */
  public String instance() {
    return problem.instance();
  }

  /** Returns the path of the request as sent by the client, without its query. */
  public String path() {
    return problem.resource();
  }

  /** Returns the status that mode protect would have sent. */
  public int status() {
    return problem.status();
  }

  /** Returns the method of the request. */
  public String method() {
    return method;
  }

  /** Returns the key of the request's resource; its path if no rule applies. */
  public String resourceKey() {
    return resourceKey;
  }

  /** Returns the name of the rule that applies; null for none. */
  public @Nullable String rule() {
    return rule;
  }

  /** Returns the time of the write whose change is lost; null when it was made elsewhere. */
  public @Nullable Instant overwritten() {
    return overwritten;
  }

  /** Returns what is known of the two writes. */
  public Collision collision() {
    return collision;
  }

  /** Returns one line of {@code key=value} pairs for a log. */
  @Override
  public String toString() {
    return new LogLine("lost-update")
        .with("rule", rule)
        .with("method", method)
        .with("path", path())
        .with("resource", resourceKey)
        .with("overwritten", overwritten)
        .with("instance", instance())
        .toString();
  }
}
