package io.github.conflictguard.problem;

import java.util.ArrayList;
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

  ProblemDetail(ProblemBuilder builder) {
    this.type = builder.type;
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
    this.fields = builder.fields;
    this.earlierWrite = builder.earlierWrite;
    this.changes = builder.changes;
  }

  /**
   * Returns the same occurrence with the fields of a form that both the user and another one have
   * changed.
   *
   * @param labels the labels of the fields, by their names
   */
  public ProblemDetail withFields(Map<String, String> labels) {
    return new ProblemBuilder(this).fields(labels).build();
  }

  /** Returns the same occurrence with the last write before the refused one; null for none. */
  public ProblemDetail withEarlierWrite(@Nullable EarlierWrite write) {
    return new ProblemBuilder(this).earlierWrite(write).build();
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
    return new ProblemBuilder(this).changes(list).build();
  }

  /**
   * Returns a builder for an occurrence.
   *
   * @param resource the path that the client requested, as it was sent
   */
  public static ProblemBuilder of(ProblemType type, String resource) {
    return new ProblemBuilder(type, resource);
  }

  /** Returns the type of the problem. */
  public ProblemType type() {
    return type;
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
}
