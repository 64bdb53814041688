package io.github.conflictguard.event;

import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One conflict: what it was, where and when, how it was found, and what became of it.
 *
 * <p>Immutable and safe for use by several threads, as far as the throwable is.
 */
public final class ConflictEvent {

  private final Instant time = Instant.now();
  private final ProblemDetail problem;
  private final Found found;
  private final String method;
  private final String resourceKey;
  private final @Nullable String rule;
  private final @Nullable String handler;
  private final @Nullable String constraint;
  private final @Nullable Throwable thrown;
  private final boolean answered;

  private ConflictEvent(Builder builder) {
    this.problem = builder.problem;
    this.found = builder.found;
    this.method = builder.method;
    this.resourceKey = builder.resourceKey;
    this.rule = builder.rule;
    this.handler = builder.handler;
    this.constraint = builder.constraint;
    this.thrown = builder.thrown;
    this.answered = builder.answered;
  }

  /**
   * Starts the description of a conflict. It counts as answered unless said otherwise.
   *
   * @param problem what the client is told, or would be
   * @param method the method of the request
   * @param resourceKey the resource that the request is aimed at
   */
  public static Builder of(ProblemDetail problem, Found found, String method, String resourceKey) {
    return new Builder(problem, found, method, resourceKey);
  }

  /** When it was found. */
  public Instant time() {
    return time;
  }

  /** What it is. */
  public ProblemType type() {
    return problem.type();
  }

  /** The {@code kind} of the answer: {@code duplicate-key}, {@code precondition-required}, ... */
  public String kind() {
    return problem.type().kind();
  }

  /** The status of the answer, or the one that it would have had. */
  public int status() {
    return problem.status();
  }

  /** The {@code instance} of the answer, by which a person who got it can ask: a URN. */
  public String instance() {
    return problem.instance();
  }

  /** The path of the request as the client has sent it, without its query. */
  public String path() {
    return problem.resource();
  }

  /** How it was found. */
  public Found found() {
    return found;
  }

  /** The method of the request. */
  public String method() {
    return method;
  }

  /** The key of the resource that the request was aimed at; its path where no rule applies. */
  public String resourceKey() {
    return resourceKey;
  }

  /** The name of the rule that applies; null when none does. */
  public @Nullable String rule() {
    return rule;
  }

  /** The guarded method that the conflict left; null when it left none. */
  public @Nullable String handler() {
    return handler;
  }

  /** The violated constraint, as the database calls it; null when that is not known. */
  public @Nullable String constraint() {
    return constraint;
  }

  /**
   * What reported the conflict. Its message may hold SQL and values of other users: nothing for
   * clients. Not to be kept, because it may hold on to a whole request.
   *
   * @return null when no exception did
   */
  public @Nullable Throwable thrown() {
    return thrown;
  }

  /**
   * Returns whether an answer that says so was handed to the container; false when the conflict was
   * only seen, or the answer could not be made or written.
   */
  public boolean isAnswered() {
    return answered;
  }

  /** One line for a log, of {@code key=value} pairs, without line breaks whatever clients send. */
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
        .toString();
  }

  /** How a conflict was found. */
  public enum Found {
    /** The filter judged a precondition of the request. */
    PRECONDITION,
    /** The filter waited too long for another write to the same resource. */
    LOCK,
    /** An exception left the application. */
    THROWN,
    /** The application answered, and left the exception in an attribute of the request. */
    ATTRIBUTE,
    /** The application answered in a way that a rule calls a conflict. */
    ANSWER,
    /** The application answered, and the agent had seen the exception being made. */
    RECORDER;

    /** The name in logs and settings. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Collects what is known of a conflict. Not safe for use by several threads. */
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

    private Builder(ProblemDetail problem, Found found, String method, String resourceKey) {
      this.problem = problem;
      this.found = found;
      this.method = method;
      this.resourceKey = resourceKey;
    }

    /** Sets the name of the rule that applies; null, the default, when none does. */
    public Builder rule(@Nullable String name) {
      this.rule = name;
      return this;
    }

    /** Sets the guarded method that the conflict left; default null, for none. */
    public Builder handler(@Nullable String guardedMethod) {
      this.handler = guardedMethod;
      return this;
    }

    /** Sets the violated constraint; default null, for unknown. */
    public Builder constraint(@Nullable String name) {
      this.constraint = name;
      return this;
    }

    /** Sets what reported the conflict; default null, for no exception. */
    public Builder thrown(@Nullable Throwable reported) {
      this.thrown = reported;
      return this;
    }

    /** Sets whether the client got the answer; default true. */
    public Builder answered(boolean told) {
      this.answered = told;
      return this;
    }

    /** Returns the event. */
    public ConflictEvent build() {
      return new ConflictEvent(this);
    }
  }
}
