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
 * One occurrence of a problem: the type, and those details of the request that may be sent to the
 * client.
 *
 * <p>Immutable and thread-safe.
 */
public final class ProblemDetail {

  private final ProblemType type;
  private final String typeUri;
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
  private final @Nullable EarlierWrite earlierWrite;
  private final List<Map<String, String>> changes;

  private ProblemDetail(Builder builder) {
    this.type = builder.type;
    this.typeUri = builder.typeBase == null ? type.uri() : builder.typeBase + type.kind();
    this.status = builder.status;
    this.instance = builder.instance == null ? "urn:uuid:" + UUID.randomUUID() : builder.instance;
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
    this.earlierWrite = null;
    this.changes = Collections.emptyList();
  }

  private ProblemDetail(
      ProblemDetail other,
      Map<String, String> fields,
      @Nullable EarlierWrite earlierWrite,
      List<Map<String, String>> changes) {
    this.type = other.type;
    this.typeUri = other.typeUri;
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
    this.earlierWrite = earlierWrite;
    this.changes = Collections.unmodifiableList(new ArrayList<>(changes));
  }

  /**
   * Returns the same occurrence with the fields of a form that both the user and another one have
   * changed.
   *
   * @param labels the labels of the fields, by their names
   */
  public ProblemDetail withFields(Map<String, String> labels) {
    return new ProblemDetail(this, labels, earlierWrite, changes);
  }

  /** Returns the same occurrence with the last write before the refused one; null for none. */
  public ProblemDetail withEarlierWrite(@Nullable EarlierWrite write) {
    return new ProblemDetail(this, fields, write, changes);
  }

  /**
   * Returns the same occurrence with the fields that were changed since the state on which the
   * request is based.
   *
   * @param nameOfKey {@code field} for fields of a form, {@code pointer} for JSON pointers (RFC
   *     6901)
   * @param changedBy {@code theirs}, {@code yours} or {@code both}, by the fields
   */
  public ProblemDetail withChanges(String nameOfKey, Map<String, String> changedBy) {
    List<Map<String, String>> list = new ArrayList<>();
    changedBy.forEach(
        (name, by) -> {
          Map<String, String> change = new LinkedHashMap<>();
          change.put(nameOfKey, name);
          change.put("by", by);
          list.add(Collections.unmodifiableMap(change));
        });
    return new ProblemDetail(this, fields, earlierWrite, list);
  }

  /**
   * Returns a builder for an occurrence.
   *
   * @param resource the path that the client requested, as it was sent
   */
  public static Builder of(ProblemType type, String resource) {
    return new Builder(type, resource);
  }

  /** Returns the type of the problem. */
  public ProblemType type() {
    return type;
  }

  /** Returns the {@code type} member: that of the type, unless a base is set. */
  public String typeUri() {
    return typeUri;
  }

  /** Returns the HTTP status of the response: that of the type, unless set otherwise. */
  public int status() {
    return status;
  }

  /**
   * Returns the identifier of this occurrence in the response and in the log: {@code urn:uuid:} and
   * a random UUID.
   */
  public String instance() {
    return instance;
  }

  /** Returns the path that the client requested. */
  public String resource() {
    return resource;
  }

  /** Returns the header that caused the problem; null if there was none. */
  public @Nullable String header() {
    return header;
  }

  /** Returns the value of that header in the request; null if it cannot be shown. */
  public @Nullable String sent() {
    return sent;
  }

  /** Returns the current entity tag; null for none. */
  public @Nullable String current() {
    return current;
  }

  /** Returns why the header is malformed; null if it is well-formed. */
  public @Nullable String reason() {
    return reason;
  }

  /** Returns the application's label of the conflicting field; null for none. */
  public @Nullable String field() {
    return field;
  }

  /**
   * Returns the state that does not allow the operation; null if the application did not specify
   * it.
   */
  public @Nullable String state() {
    return state;
  }

  /**
   * Returns the transitions that this state allows, unmodifiable; empty if the application did not
   * specify them.
   */
  public List<String> allowedTransitions() {
    return allowedTransitions;
  }

  /**
   * Returns the code of the rule that forbids the operation; null if the application did not
   * specify it.
   */
  public @Nullable String rule() {
    return rule;
  }

  /**
   * Returns the facts on which the decision was based, unmodifiable; empty if the application did
   * not specify them.
   */
  public Map<String, String> facts() {
    return facts;
  }

  /**
   * Returns the number of seconds after which the same request may be sent again; null if waiting
   * does not help.
   */
  public @Nullable Integer retryAfter() {
    return retryAfter;
  }

  /**
   * Returns the labels, by field names, of the fields of a form that both the user and another one
   * have changed. Unmodifiable; empty if there are none, or they are not available.
   */
  public Map<String, String> fields() {
    return fields;
  }

  /** Returns the last write before the refused one; null if it is not known or not disclosed. */
  public @Nullable EarlierWrite earlierWrite() {
    return earlierWrite;
  }

  /**
   * Returns the changed fields, each with its {@code field} or {@code pointer} and {@code by}.
   * Unmodifiable; empty if they are not known or not disclosed.
   */
  public List<Map<String, String>> changes() {
    return changes;
  }

  /** Builds a {@link ProblemDetail}. Not thread-safe. */
  public static final class Builder {

    private final ProblemType type;
    private final String resource;
    private @Nullable String typeBase;
    private int status;
    private @Nullable String instance;
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

    /**
     * Sets the beginning of the {@code type} member, to which the kind is appended. Default: null,
     * for the URI of the type.
     */
    public Builder typeBase(@Nullable String uri) {
      this.typeBase = uri;
      return this;
    }

    /** Sets a status for the response other than that of its type. */
    public Builder status(int httpStatus) {
      this.status = httpStatus;
      return this;
    }

    /**
     * Sets the identifier of this occurrence. Default: null, for {@code urn:uuid:} and a new UUID.
     */
    public Builder instance(@Nullable String urn) {
      this.instance = urn;
      return this;
    }

    /** Sets the name of the header that caused the problem. Default: null, for none. */
    public Builder header(@Nullable String name) {
      this.header = name;
      return this;
    }

    /** Sets the value of that header in the request. Default: null, not available. */
    public Builder sent(@Nullable Object value) {
      this.sent = value == null ? null : value.toString();
      return this;
    }

    /** Sets the current entity tag. Default: null, for none. */
    public Builder current(@Nullable Object entityTag) {
      this.current = entityTag == null ? null : entityTag.toString();
      return this;
    }

    /** Sets why the header is malformed. */
    public Builder reason(String why) {
      this.reason = why;
      return this;
    }

    /** Sets the application's label of the conflicting field. Default: null, for none. */
    public Builder field(@Nullable String label) {
      this.field = label;
      return this;
    }

    /** Sets the state of the record and the transitions that it allows, both meant for clients. */
    public Builder state(String current, Collection<String> allowed) {
      this.state = current;
      this.allowedTransitions = Collections.unmodifiableList(new ArrayList<>(allowed));
      return this;
    }

    /**
     * Sets the violated rule and the facts on which the decision was based, both meant for clients.
     */
    public Builder rule(String code, Map<String, String> judgedBy) {
      this.rule = code;
      this.facts = Collections.unmodifiableMap(new LinkedHashMap<>(judgedBy));
      return this;
    }

    /** Sets the number of seconds after which the same request may be sent again. Default: none. */
    public Builder retryAfter(int seconds) {
      this.retryAfter = seconds;
      return this;
    }

    /** Builds the description. */
    public ProblemDetail build() {
      return new ProblemDetail(this);
    }
  }
}
