package io.github.conflictguard.problem;

import io.github.conflictguard.conflict.ConflictKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The problem types of responses. The texts are fixed: they never contain text of a database, an
 * exception or another user.
 */
public enum ProblemType {
  /** A header precondition did not hold (RFC 9110, 15.5.13). */
  PRECONDITION_FAILED(
      412,
      "stale-version",
      "The record changed since you read it",
      "The precondition of the request does not hold for the current version. Nothing was changed.",
      RetryHint.REFRESH_THEN_RETRY,
      Action.REFRESH_STATE,
      Action.REPEAT_CHANGE),

  /**
   * {@code If-None-Match} required that the resource, or this version, not exist (RFC 9110,
   * 13.1.2).
   */
  ALREADY_EXISTS(
      412,
      "already-exists",
      "The record exists already",
      "The request was meant for a record that does not exist yet. Nothing was changed.",
      RetryHint.REFRESH_THEN_RETRY,
      Action.USE_EXISTING,
      Action.REFRESH_STATE),

  /** A write without the precondition that is required (RFC 6585, 3). */
  PRECONDITION_REQUIRED(
      428,
      "precondition-required",
      "This change needs a precondition",
      "The request has to name the version that it changes. Nothing was changed.",
      RetryHint.WITH_PRECONDITION,
      Action.SEND_PRECONDITION),

  /** A write with a malformed precondition. */
  MALFORMED_PRECONDITION(
      400,
      "malformed-precondition",
      "A precondition of the request cannot be read",
      "The header is neither * nor a list of entity tags. Nothing was changed.",
      RetryHint.NEVER,
      Action.CORRECT_HEADER),

  /** A write with a precondition, for a resource that does not exist (RFC 9110, 13.2.1). */
  NOT_FOUND(
      404,
      "not-found",
      "There is no such record",
      "The request was meant for a record that does not exist, or no longer. Nothing was changed.",
      RetryHint.NEVER,
      Action.REFRESH_STATE),

  /** A form that was already submitted, and whose response cannot or must not be repeated. */
  DUPLICATE_SUBMIT(
      409,
      "duplicate-submit",
      "This form was sent before",
      "The first request was carried out. This one was not, so that nothing happens twice.",
      RetryHint.NEVER,
      Action.USE_EXISTING),

  /** Other requests could not wait any longer for the body of this one (RFC 9110, 15.5.9). */
  SLOW_REQUEST(
      408,
      "slow-request",
      "The request took too long to arrive",
      "Others were waiting for the record while the body of this request was on its way.",
      RetryHint.REFRESH_THEN_RETRY,
      Action.REFRESH_STATE,
      Action.REPEAT_CHANGE),

  /** A unique value is in use by another record. */
  DUPLICATE_KEY(
      409,
      "duplicate-key",
      "A record with this value exists already",
      "A value that has to be unique is in use by another record.",
      RetryHint.NEVER,
      Action.CHANGE_VALUE,
      Action.USE_EXISTING),

  /** A value or a range overlaps with that of another record. */
  EXCLUSION(
      409,
      "exclusion",
      "The record overlaps with another one",
      "A value, a time or a range that has to be free is taken by another record.",
      RetryHint.NEVER,
      Action.CHANGE_VALUE,
      Action.REFRESH_STATE),

  /** The record was changed or deleted after the application read it. */
  STALE_VERSION(
      409,
      "stale-version",
      "The record changed since you read it",
      "Another user changed or deleted the record in the meantime.",
      RetryHint.REFRESH_THEN_RETRY,
      Action.REFRESH_STATE,
      Action.REPEAT_CHANGE),

  /** Other records refer to the one that is to be deleted or changed. */
  STILL_REFERENCED(
      409,
      "still-referenced",
      "Other records still refer to this one",
      "The record cannot be deleted or changed while others refer to it.",
      RetryHint.NEVER,
      Action.REMOVE_DEPENDENTS),

  /** The record that the request refers to does not exist. */
  MISSING_REFERENCE(
      409,
      "missing-reference",
      "A record that this one refers to is not there",
      "The request refers to a record that does not exist.",
      RetryHint.NEVER,
      Action.CREATE_REFERENCED),

  /** A reference would break; the database does not report which end of it. */
  BROKEN_REFERENCE(
      409,
      "broken-reference",
      "A reference between two records would break",
      "Either the request refers to a record that does not exist, or others still refer to this"
          + " one.",
      RetryHint.NEVER,
      Action.CREATE_REFERENCED,
      Action.REMOVE_DEPENDENTS),

  /** The application does not allow the operation in the current state. */
  WRONG_STATE(
      409,
      "wrong-state",
      "The state of the record does not allow this",
      "The operation is not possible in the state that the record is in.",
      RetryHint.AFTER_STATE_CHANGE,
      Action.REFRESH_STATE,
      Action.TRANSITION_FIRST),

  /** A rule of the application forbids the operation. */
  BUSINESS_RULE(
      409,
      "business-rule",
      "A rule of the application does not allow this",
      "The operation would break a rule of the application.",
      RetryHint.AFTER_STATE_CHANGE,
      Action.REVIEW_REQUEST),

  /** Another operation holds the lock of the record. */
  LOCKED(
      409,
      "locked",
      "Another user is changing the record right now",
      "The record is locked by another operation.",
      RetryHint.SAME_REQUEST,
      Action.WAIT),

  /** The database aborted the operation in favour of another one. */
  TRANSIENT(
      409,
      "transient",
      "The operation got in the way of another one",
      "The database gave up this operation in favour of another one.",
      RetryHint.SAME_REQUEST,
      Action.WAIT);

  private final int status;
  private final String kind;
  private final String title;
  private final String detail;
  private final RetryHint retry;

  @SuppressWarnings("ImmutableEnumChecker") // The list is unmodifiable.
  private final List<Action> actions;

  ProblemType(
      int status, String kind, String title, String detail, RetryHint retry, Action... actions) {
    this.status = status;
    this.kind = kind;
    this.title = title;
    this.detail = detail;
    this.retry = retry;
    this.actions = Collections.unmodifiableList(Arrays.asList(actions));
  }

  /** Returns the type for a conflict of this kind; each kind has one of the same name. */
  public static ProblemType of(ConflictKind kind) {
    return valueOf(kind.name());
  }

  /**
   * Returns the {@code type} member where no base is set: a tag URI, because the project does not
   * serve a page for it (RFC 9457, 3.1.1; RFC 4151).
   */
  public String uri() {
    return "tag:conflictguard.github.io,2026:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the HTTP status of the response. */
  public int status() {
    return status;
  }

  /** Returns the {@code kind} member: a short, stable code. */
  public String kind() {
    return kind;
  }

  /** Returns the {@code title} member: the same text for all occurrences. */
  public String title() {
    return title;
  }

  /** Returns the {@code detail} member. */
  public String detail() {
    return detail;
  }

  /** Returns whether sending the request again can help. */
  public RetryHint retry() {
    return retry;
  }

  /** Returns the remedies, the best one first, as an unmodifiable list. */
  public List<Action> actions() {
    return actions;
  }
}
