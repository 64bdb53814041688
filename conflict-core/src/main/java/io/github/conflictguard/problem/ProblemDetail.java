package io.github.conflictguard.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final @Nullable String field;
  private final @Nullable String state;
  private final List<String> allowedTransitions;
  private final @Nullable String rule;
  private final Map<String, String> facts;
  private final @Nullable Integer retryAfter;
  private final Map<String, String> fields;

  private ProblemDetail(Builder builder) {
    this.type = builder.type;
    this.status = builder.status;
    this.instance = "urn:uuid:" + UUID.randomUUID();
    this.resource = builder.resource;
    this.header = builder.header;
    this.sent = builder.sent;
    this.current = builder.current;
    this.reason = builder.reason;
    this.field = builder.field;
    this.state = builder.state;
    this.allowedTransitions = builder.allowedTransitions;
    this.rule = builder.rule;
    this.facts = builder.facts;
    this.retryAfter = builder.retryAfter;
    this.fields = Collections.emptyMap();
  }

  private ProblemDetail(ProblemDetail other, Map<String, String> fields) {
    this.type = other.type;
    this.status = other.status;
    this.instance = other.instance;
    this.resource = other.resource;
    this.header = other.header;
    this.sent = other.sent;
    this.current = other.current;
    this.reason = other.reason;
    this.field = other.field;
    this.state = other.state;
    this.allowedTransitions = other.allowedTransitions;
    this.rule = other.rule;
    this.facts = other.facts;
    this.retryAfter = other.retryAfter;
    this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * The same occurrence with the fields of a form that both its sender and somebody else have
   * changed.
   *
   * @param labels what the form calls them, by their names
   */
  public ProblemDetail withFields(Map<String, String> labels) {
    return new ProblemDetail(this, labels);
  }

  /**
   * Starts the description of an occurrence.
   *
   * @param resource the path that the client asked for, as it was sent
   */
  public static Builder of(ProblemType type, String resource) {
    return new Builder(type, resource);
  }

  /** Returns the type of the problem. */
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

  /** The application's own label of the field that clashes; null when it has none for it. */
  public @Nullable String field() {
    return field;
  }

  /** The state that does not allow the operation; null when the application did not say it. */
  public @Nullable String state() {
    return state;
  }

  /** What that state allows. Unmodifiable; empty when the application did not say it. */
  public List<String> allowedTransitions() {
    return allowedTransitions;
  }

  /** The code of the rule that forbids the operation; null when the application did not say it. */
  public @Nullable String rule() {
    return rule;
  }

  /** What the rule was judged by. Unmodifiable; empty when the application did not say it. */
  public Map<String, String> facts() {
    return facts;
  }

  /** After how many seconds the same request may be sent again; null when waiting does not help. */
  public @Nullable Integer retryAfter() {
    return retryAfter;
  }

  /**
   * What a form calls the fields that both its sender and somebody else have changed, by their
   * names. Unmodifiable; empty when there are none, or when they are not known.
   */
  public Map<String, String> fields() {
    return fields;
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
    private @Nullable String field;
    private @Nullable String state;
    private List<String> allowedTransitions = Collections.emptyList();
    private @Nullable String rule;
    private Map<String, String> facts = Collections.emptyMap();
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

    /** Sets the name of the header that decided; default null, for none. */
    public Builder header(@Nullable String name) {
      this.header = name;
      return this;
    }

    /** Sets what the client sent in that header; default null, for unknown. */
    public Builder sent(@Nullable Object value) {
      this.sent = value == null ? null : value.toString();
      return this;
    }

    /** Sets the current entity tag; default null, for none. */
    public Builder current(@Nullable Object entityTag) {
      this.current = entityTag == null ? null : entityTag.toString();
      return this;
    }

    /** Sets why the header cannot be read. */
    public Builder reason(String why) {
      this.reason = why;
      return this;
    }

    /** Sets the application's label of the clashing field; default null, for none. */
    public Builder field(@Nullable String label) {
      this.field = label;
      return this;
    }

    /** Tells the state of the thing and what it allows, both of them meant for clients. */
    public Builder state(String current, Collection<String> allowed) {
      this.state = current;
      this.allowedTransitions = Collections.unmodifiableList(new ArrayList<>(allowed));
      return this;
    }

    /** Tells the rule that was broken and what it was judged by, both of them meant for clients. */
    public Builder rule(String code, Map<String, String> judgedBy) {
      this.rule = code;
      this.facts = Collections.unmodifiableMap(new LinkedHashMap<>(judgedBy));
      return this;
    }

    /** Sets after how many seconds the same request may be sent again; default none. */
    public Builder retryAfter(int seconds) {
      this.retryAfter = seconds;
      return this;
    }

    /** Returns the description, with an instance of its own. */
    public ProblemDetail build() {
      return new ProblemDetail(this);
    }
  }
}
