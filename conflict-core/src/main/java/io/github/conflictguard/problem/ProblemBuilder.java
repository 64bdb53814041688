package io.github.conflictguard.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link ProblemDetail}; {@link ProblemDetail#of} creates one. Not thread-safe. */
public final class ProblemBuilder {

  final ProblemType type;
  final String resource;
  int status;
  @Nullable String instance;
  @Nullable String header;
  @Nullable String sent;
  @Nullable String current;
  @Nullable String reason;
  @Nullable String field;
  @Nullable String state;
  List<String> allowedTransitions = Collections.emptyList();
  @Nullable String rule;
  Map<String, String> facts = Collections.emptyMap();
  @Nullable Integer retryAfter;
  Map<String, String> fields = Collections.emptyMap();
  @Nullable EarlierWrite earlierWrite;
  List<Map<String, String>> changes = Collections.emptyList();

  ProblemBuilder(ProblemType type, String resource) {
    this.type = type;
    this.resource = resource;
    this.status = type.status();
  }

  /** Creates a builder with the details of an occurrence. */
  ProblemBuilder(ProblemDetail of) {
    this.type = of.type();
    this.resource = of.resource();
    this.status = of.status();
    this.instance = of.instance();
    this.header = of.header();
    this.sent = of.sent();
    this.current = of.current();
    this.reason = of.reason();
    this.field = of.field();
    this.state = of.state();
    this.allowedTransitions = of.allowedTransitions();
    this.rule = of.rule();
    this.facts = of.facts();
    this.retryAfter = of.retryAfter();
    this.fields = of.fields();
    this.earlierWrite = of.earlierWrite();
    this.changes = of.changes();
  }

  /** Sets a status for the response other than that of its type. */
  public ProblemBuilder status(int httpStatus) {
    this.status = httpStatus;
    return this;
  }

  /**
   * Sets the identifier of this occurrence. Default: null, for {@code urn:uuid:} and a new UUID.
   */
  public ProblemBuilder instance(@Nullable String urn) {
    this.instance = urn;
    return this;
  }

  /** Sets the name of the header that caused the problem. Default: null, for none. */
  public ProblemBuilder header(@Nullable String name) {
    this.header = name;
    return this;
  }

  /** Sets the value of that header in the request. Default: null, not available. */
  public ProblemBuilder sent(@Nullable Object value) {
    this.sent = value == null ? null : value.toString();
    return this;
  }

  /** Sets the current entity tag. Default: null, for none. */
  public ProblemBuilder current(@Nullable Object entityTag) {
    this.current = entityTag == null ? null : entityTag.toString();
    return this;
  }

  /** Sets why the header is malformed. */
  public ProblemBuilder reason(String why) {
    this.reason = why;
    return this;
  }

  /** Sets the application's label of the conflicting field. Default: null, for none. */
  public ProblemBuilder field(@Nullable String label) {
    this.field = label;
    return this;
  }

  /** Sets the state of the record and the transitions that it allows, both meant for clients. */
  public ProblemBuilder state(String current, Collection<String> allowed) {
    this.state = current;
    this.allowedTransitions = Collections.unmodifiableList(new ArrayList<>(allowed));
    return this;
  }

  /**
   * Sets the violated rule and the facts on which the decision was based, both meant for clients.
   */
  public ProblemBuilder rule(String code, Map<String, String> judgedBy) {
    this.rule = code;
    this.facts = Collections.unmodifiableMap(new LinkedHashMap<>(judgedBy));
    return this;
  }

  /** Sets the number of seconds after which the same request may be sent again. Default: none. */
  public ProblemBuilder retryAfter(int seconds) {
    this.retryAfter = seconds;
    return this;
  }

  ProblemBuilder fields(Map<String, String> labels) {
    this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    return this;
  }

  ProblemBuilder earlierWrite(@Nullable EarlierWrite write) {
    this.earlierWrite = write;
    return this;
  }

  ProblemBuilder changes(List<Map<String, String>> changed) {
    this.changes = Collections.unmodifiableList(new ArrayList<>(changed));
    return this;
  }

  /** Builds the description. */
  public ProblemDetail build() {
    return new ProblemDetail(this);
  }
}
