package io.github.conflictguard.problem;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of a problem: the type, and what of this request may be told to its sender.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class ProblemDetail {

  private final ProblemType type;
  private final int status;
  private final String instance;
  private final String resource;
  private final @Nullable String header;
  private final @Nullable String sent;
  private final @Nullable String current;
  private final @Nullable String reason;
  private final @Nullable Integer retryAfter;

  private ProblemDetail(Builder builder) {
    this.type = builder.type;
    this.status = builder.status;
    this.instance = "urn:uuid:" + UUID.randomUUID();
    this.resource = builder.resource;
    this.header = builder.header;
    this.sent = builder.sent;
    this.current = builder.current;
    this.reason = builder.reason;
    this.retryAfter = builder.retryAfter;
  }

  /**
   * Starts the description of an occurrence.
   *
   * @param resource the path that the client asked for, as it was sent
   */
  public static Builder of(ProblemType type, String resource) {
    return new Builder(type, resource);
  }

  public ProblemType type() {
    return type;
  }

  /** The HTTP status of the answer: that of the type, unless the answer is to have another one. */
  public int status() {
    return status;
  }

  /** Names this occurrence in the answer and in the log: {@code urn:uuid:} and a random UUID. */
  public String instance() {
    return instance;
  }

  /** The path that the client asked for. */
  public String resource() {
    return resource;
  }

  /** The header that decided; null when none did. */
  public @Nullable String header() {
    return header;
  }

  /** What the client sent in that header; null when it cannot be told. */
  public @Nullable String sent() {
    return sent;
  }

  /** The current entity tag; null when there is none. */
  public @Nullable String current() {
    return current;
  }

  /** Why the header cannot be read; null when it can. */
  public @Nullable String reason() {
    return reason;
  }

  /** After how many seconds the same request may be sent again; null when waiting does not help. */
  public @Nullable Integer retryAfter() {
    return retryAfter;
  }

  /** Collects what is known of an occurrence. Not safe for use by several threads. */
  public static final class Builder {

    private final ProblemType type;
    private final String resource;
    private int status;
    private @Nullable String header;
    private @Nullable String sent;
    private @Nullable String current;
    private @Nullable String reason;
    private @Nullable Integer retryAfter;

    private Builder(ProblemType type, String resource) {
      this.type = type;
      this.resource = resource;
      this.status = type.status();
    }

    /** Gives the answer another status than that of its type. */
    public Builder status(int httpStatus) {
      this.status = httpStatus;
      return this;
    }

    public Builder header(@Nullable String name) {
      this.header = name;
      return this;
    }

    public Builder sent(@Nullable Object value) {
      this.sent = value == null ? null : value.toString();
      return this;
    }

    public Builder current(@Nullable Object entityTag) {
      this.current = entityTag == null ? null : entityTag.toString();
      return this;
    }

    public Builder reason(String why) {
      this.reason = why;
      return this;
    }

    public Builder retryAfter(int seconds) {
      this.retryAfter = seconds;
      return this;
    }

    public ProblemDetail build() {
      return new ProblemDetail(this);
    }
  }
}
