package io.github.conflictguard.event;

import io.github.conflictguard.event.Collision.Origin;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A conflict: its type, place and time, how it was detected, and the response.
 *
 * <p>Immutable, and thread-safe if the throwable is.
 */
public final class ConflictEvent {

  private final Instant time;
  private final ProblemDetail problem;
  private final Found found;
  private final String method;
  private final String resourceKey;
  private final @Nullable String rule;
  private final @Nullable String handler;
  private final @Nullable String constraint;
  private final @Nullable Throwable thrown;
  private final boolean answered;
  private final Collision collision;

  private ConflictEvent(Builder builder) {
    this.time = builder.time == null ? Instant.now() : builder.time;
    this.problem = builder.problem;
    this.found = builder.found;
    this.method = builder.method;
    this.resourceKey = builder.resourceKey;
    this.rule = builder.rule;
    this.handler = builder.handler;
    this.constraint = builder.constraint;
    this.thrown = builder.thrown;
    this.answered = builder.answered;
    this.collision = builder.collision;
  }

  /**
   * Returns a builder for a conflict. By default it counts as answered.
   *
   * @param problem the problem that is sent to the client, or would be
   * @param method the method of the request
   * @param resourceKey the resource of the request
   */
  public static Builder of(ProblemDetail problem, Found found, String method, String resourceKey) {
    return new Builder(problem, found, method, resourceKey);
  }

  /** Returns the time of detection. */
  public Instant time() {
    return time;
  }

  /** Returns the type of the problem. */
  public ProblemType type() {
    return problem.type();
  }

  /**
   * Returns the {@code kind} of the response: {@code duplicate-key}, {@code precondition-required},
   * ...
   */
  public String kind() {
    return problem.type().kind();
  }

  /** Returns the status of the response, or the one that it would have had. */
  public int status() {
    return problem.status();
  }

  /** Returns the {@code instance} of the response, a URN, to which users can refer. */
  public String instance() {
    return problem.instance();
  }

  /** Returns the path of the request as sent by the client, without its query. */
  public String path() {
    return problem.resource();
  }

  /** Returns how the conflict was detected. */
  public Found found() {
    return found;
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

  /** Returns the guarded method that threw the conflict; null for none. */
  public @Nullable String handler() {
    return handler;
  }

  /** Returns the name of the violated constraint in the database; null if not available. */
  public @Nullable String constraint() {
    return constraint;
  }

  /**
   * Returns the throwable that reported the conflict. Its message may contain SQL and values of
   * other users and must not be sent to clients. Do not keep a reference, because it may retain a
   * whole request.
   *
   * @return null if there was no exception
   */
  public @Nullable Throwable thrown() {
    return thrown;
  }

  /**
   * Returns whether a response for this conflict was passed to the container; false if the conflict
   * was only observed, or the response could not be created or written.
   */
  public boolean isAnswered() {
    return answered;
  }

  /** Returns what is known of the two writes that collided. */
  public Collision collision() {
    return collision;
  }

  /** Returns the same event without its throwable, so that it can be kept. */
  public ConflictEvent withoutThrown() {
    if (thrown == null) {
      return this;
    }
    Builder copy = new Builder(problem, found, method, resourceKey);
    copy.time = time;
    return copy.rule(rule)
        .handler(handler)
        .constraint(constraint)
        .answered(answered)
        .collision(collision)
        .build();
  }

  /**
   * Returns one line of {@code key=value} pairs for a log, which contains no line breaks regardless
   * of the input of clients. It contains no names or pseudonyms of people, no tags and no fields.
   */
  @Override
  public String toString() {
    return new LogLine("conflict")
        .with("kind", kind())
        .with("status", status())
        .with("answered", answered)
        .with("found", found.code())
        .with("rule", rule)
        .with("handler", handler)
        .with("method", method)
        .with("path", path())
        .with("resource", resourceKey)
        .with("constraint", constraint)
        .with("instance", instance())
        .withKnown(
            "origin", collision.origin() == Origin.UNKNOWN ? null : collision.origin().code())
        .withKnown("otherAge", collision.otherAge())
        .withKnown("lockWait", collision.lockWait())
        .withKnown("trace", collision.traceId())
        .toString();
  }

  /** How a conflict was detected. */
  public enum Found {
    /** The filter evaluated a precondition of the request. */
    PRECONDITION,
    /** The filter reached the time limit of its wait for another write to the same resource. */
    LOCK,
    /** An exception left the application. */
    THROWN,
    /** The application sent a response, and stored the exception in an attribute of the request. */
    ATTRIBUTE,
    /** The application sent a response that a rule defines as a conflict. */
    ANSWER,
    /** The application sent a response, and the agent had recorded the exception. */
    RECORDER;

    /** Returns the name in logs and settings. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Builds a {@link ConflictEvent}. Not thread-safe. */
  public static final class Builder {

    private final ProblemDetail problem;
    private final Found found;
    private final String method;
    private final String resourceKey;
    private @Nullable String rule;
    private @Nullable String handler;
    private @Nullable String constraint;
    private @Nullable Throwable thrown;
    private boolean answered = true;
    private Collision collision = Collision.unknown();
    private @Nullable Instant time;

    private Builder(ProblemDetail problem, Found found, String method, String resourceKey) {
      this.problem = problem;
      this.found = found;
      this.method = method;
      this.resourceKey = resourceKey;
    }

    /** Sets the name of the rule that applies. Default: null, for none. */
    public Builder rule(@Nullable String name) {
      this.rule = name;
      return this;
    }

    /** Sets the guarded method that threw the conflict. Default: null, for none. */
    public Builder handler(@Nullable String guardedMethod) {
      this.handler = guardedMethod;
      return this;
    }

    /** Sets the violated constraint. Default: null, not available. */
    public Builder constraint(@Nullable String name) {
      this.constraint = name;
      return this;
    }

    /** Sets the throwable that reported the conflict. Default: null, for no exception. */
    public Builder thrown(@Nullable Throwable reported) {
      this.thrown = reported;
      return this;
    }

    /** Sets whether the response was sent to the client. Default: true. */
    public Builder answered(boolean told) {
      this.answered = told;
      return this;
    }

    /** Sets what is known of the two writes that collided. Default: nothing. */
    public Builder collision(Collision known) {
      this.collision = known;
      return this;
    }

    /** Builds the event. */
    public ConflictEvent build() {
      return new ConflictEvent(this);
    }
  }
}
