package io.github.conflictguard.precondition;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.EntityTagSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides on preconditions, in the order of RFC 9110, section 13.2.2. Pure functions: no servlet,
 * no clock, no state.
 */
public final class PreconditionEvaluator {

  private PreconditionEvaluator() {}

  /**
   * Says what can be said before anybody looks at the stored state.
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
      // RFC 9110 names no status for an unreadable precondition. A write must not run on a guess.
      return PreconditionDecision.malformed(malformed.name());
    }
    // RFC 6585, section 3.
    return required && !headers.concernWrites()
        ? PreconditionDecision.required()
        : PreconditionDecision.proceed();
  }

  /**
   * Holds the preconditions against the stored state.
   *
   * @param method the request's method, in the case in which it was sent
   * @param headers what the client demands; on a read, a malformed header demands nothing, and
   *     still overrules the date that belongs to it
   * @param current what the server has now
   * @param required whether this write is refused without a precondition; one that the standard
   *     tells to ignore is none
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
      // 13.2.2 step 2: only where If-Match is absent (13.1.4), which a malformed one is not.
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
      // 13.2.2 step 4: only on reads, and only where If-None-Match is absent (13.1.3), see above.
      return PreconditionDecision.notModified(ConditionalHeaders.IF_MODIFIED_SINCE);
    }
    return required && !isRead(method) && !isJudged(headers, current)
        ? PreconditionDecision.required()
        : PreconditionDecision.proceed();
  }

  /** 13.2.1: a server ignores preconditions where no representation is selected or changed. */
  public static boolean isEvaluated(String method) {
    return !method.equals("OPTIONS") && !method.equals("TRACE") && !method.equals("CONNECT");
  }

  /** Whether a false If-None-Match saves a transfer (304) and does not refuse anything (412). */
  public static boolean isRead(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** 13.1.4: a date is ignored, and so was not judged, where there is no modification date. */
  private static boolean isJudged(ConditionalHeaders headers, SelectedRepresentation current) {
    return headers.ifMatch() != null
        || headers.ifNoneMatch() != null
        || (headers.ifUnmodifiedSince() != null && current.lastModified() != null);
  }

  private static boolean holdsIfMatch(EntityTagSet expected, SelectedRepresentation current) {
    if (expected.isAny()) {
      // 13.1.1: "*" asks whether something is there, tagged or not.
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
      // 13.1.2: "*" asks whether something is there, tagged or not.
      return current.isAbsent();
    }
    EntityTag tag = current.tag();
    return tag == null || !excluded.containsWeakly(tag);
  }

  /**
   * 13.1.4: true up to the date itself; ignored where there is no modification date, and false
   * where it is not known whether there is one.
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

  /** 13.1.3: false up to the date itself; ignored where there is no modification date. */
  private static boolean holdsIfModifiedSince(
      @Nullable Instant limit, SelectedRepresentation current) {
    Instant lastModified = current.lastModified();
    return limit == null || lastModified == null || !isUpTo(limit, lastModified, current);
  }

  /** 8.8.2.2: after two changes in one second, that second does not stand for the newer one. */
  private static boolean isUpTo(
      Instant limit, Instant lastModified, SelectedRepresentation current) {
    return current.isDateWeak() ? lastModified.isBefore(limit) : !lastModified.isAfter(limit);
  }
}
