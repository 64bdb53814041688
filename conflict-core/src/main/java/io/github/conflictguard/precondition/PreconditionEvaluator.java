package io.github.conflictguard.precondition;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.EntityTagSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates preconditions in the order of RFC 9110, section 13.2.2. Pure functions: no servlet, no
 * clock, no state.
 */
public final class PreconditionEvaluator {

  private PreconditionEvaluator() {}

  /**
   * Makes the decisions that do not depend on the stored state.
   *
   * @param method the request's method, in the case in which it was sent
   * @param required whether this write is refused without a precondition
   * @return malformed, required, or proceed
   */
  public static PreconditionDecision admit(
      String method, ConditionalHeaders headers, boolean required) {
    if (!isEvaluated(method) || isRead(method)) {
      return PreconditionDecision.proceed();
    }
    MalformedHeader malformed = headers.malformed();
    if (malformed != null) {
      // RFC 9110 defines no status for a malformed precondition. A write must not run on a guess.
      return PreconditionDecision.malformed(malformed.name());
    }
    // RFC 6585, section 3.
    return required && !headers.concernWrites()
        ? PreconditionDecision.required()
        : PreconditionDecision.proceed();
  }

  /**
   * Evaluates the preconditions against the stored state.
   *
   * @param method the request's method, in the case in which it was sent
   * @param headers the conditional headers; on a read, a malformed header has no effect but still
   *     takes precedence over the corresponding date
   * @param current the current state
   * @param required whether this write is refused without a precondition; a precondition that the
   *     standard requires to be ignored does not count
   * @return proceed, not modified, failed, or required
   */
  public static PreconditionDecision evaluate(
      String method, ConditionalHeaders headers, SelectedRepresentation current, boolean required) {
    if (!isEvaluated(method)) {
      return PreconditionDecision.proceed();
    }
    if (headers.ifMatch() != null) {
      // 13.2.2 step 1.
      if (!holdsIfMatch(headers.ifMatch(), current)) {
        return PreconditionDecision.failed(ConditionalHeaders.IF_MATCH);
      }
    } else if (!headers.hasIfMatch()
        && !holdsIfUnmodifiedSince(headers.ifUnmodifiedSince(), current)) {
      // 13.2.2 step 2: only if If-Match is absent (13.1.4); a malformed one is not absent.
      return PreconditionDecision.failed(ConditionalHeaders.IF_UNMODIFIED_SINCE);
    }
    if (headers.ifNoneMatch() != null) {
      // 13.2.2 step 3; it is reached after a true step 1 or 2 as well.
      if (!holdsIfNoneMatch(headers.ifNoneMatch(), current)) {
        return isRead(method)
            ? PreconditionDecision.notModified(ConditionalHeaders.IF_NONE_MATCH)
            : PreconditionDecision.failed(ConditionalHeaders.IF_NONE_MATCH);
      }
    } else if (isRead(method)
        && !headers.hasIfNoneMatch()
        && !holdsIfModifiedSince(headers.ifModifiedSince(), current)) {
      // 13.2.2 step 4: only on reads, and only if If-None-Match is absent (13.1.3), see above.
      return PreconditionDecision.notModified(ConditionalHeaders.IF_MODIFIED_SINCE);
    }
    return required && !isRead(method) && !isJudged(headers, current)
        ? PreconditionDecision.required()
        : PreconditionDecision.proceed();
  }

  /**
   * Returns whether preconditions are evaluated for a method. They are ignored where no
   * representation is selected or changed (13.2.1).
   */
  public static boolean isEvaluated(String method) {
    return !method.equals("OPTIONS") && !method.equals("TRACE") && !method.equals("CONNECT");
  }

  /** Returns whether a false If-None-Match results in 304, not in 412. */
  public static boolean isRead(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  /**
   * Returns whether any precondition is evaluated: a date is ignored if there is no modification
   * date (13.1.4).
   */
  private static boolean isJudged(ConditionalHeaders headers, SelectedRepresentation current) {
    return headers.ifMatch() != null
        || headers.ifNoneMatch() != null
        || (headers.ifUnmodifiedSince() != null && current.lastModified() != null);
  }

  private static boolean holdsIfMatch(EntityTagSet expected, SelectedRepresentation current) {
    if (expected.isAny()) {
      // 13.1.1: "*" tests for existence, with or without a tag.
      return current.isPresent();
    }
    EntityTag tag = current.tag();
    return tag != null && expected.containsStrongly(tag);
  }

  private static boolean holdsIfNoneMatch(EntityTagSet excluded, SelectedRepresentation current) {
    if (current.isUnreadable()) {
      return false;
    }
    if (excluded.isAny()) {
      // 13.1.2: "*" tests for existence, with or without a tag.
      return current.isAbsent();
    }
    EntityTag tag = current.tag();
    return tag == null || !excluded.containsWeakly(tag);
  }

  /**
   * Returns true up to and including the date; also if there is no modification date, which means
   * that the header is ignored (13.1.4). Returns false if the modification date is unknown.
   */
  private static boolean holdsIfUnmodifiedSince(
      @Nullable Instant limit, SelectedRepresentation current) {
    if (limit == null) {
      return true;
    }
    if (current.isUnreadable() || !current.isDateKnown()) {
      return false;
    }
    Instant lastModified = current.lastModified();
    return lastModified == null || isUpTo(limit, lastModified, current);
  }

  /**
   * Returns false up to and including the date. The header is ignored if there is no modification
   * date (13.1.3).
   */
  private static boolean holdsIfModifiedSince(
      @Nullable Instant limit, SelectedRepresentation current) {
    Instant lastModified = current.lastModified();
    return limit == null || lastModified == null || !isUpTo(limit, lastModified, current);
  }

  /**
   * Returns whether the state is not newer than a date. After two changes in one second, that
   * second does not identify the newer one (8.8.2.2).
   */
  private static boolean isUpTo(
      Instant limit, Instant lastModified, SelectedRepresentation current) {
    return current.isDateWeak() ? lastModified.isBefore(limit) : !lastModified.isAfter(limit);
  }
}
