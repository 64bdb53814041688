package io.github.conflictguard.precondition;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.EntityTagSet;

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
    return required && headers.isEmpty()
        ? PreconditionDecision.required()
        : PreconditionDecision.proceed();
  }

  /**
   * Holds the preconditions against the stored state.
   *
   * @param method the request's method, in the case in which it was sent
   * @param headers what the client demands; on a read, a malformed header counts as absent
   * @param current what the server has now
   * @return proceed, not modified, or failed
   */
  public static PreconditionDecision evaluate(
      String method, ConditionalHeaders headers, SelectedRepresentation current) {
    if (!isEvaluated(method)) {
      return PreconditionDecision.proceed();
    }
    // 13.2.2 step 1.
    EntityTagSet ifMatch = headers.ifMatch();
    if (ifMatch != null && !holdsIfMatch(ifMatch, current)) {
      return PreconditionDecision.failed(ConditionalHeaders.IF_MATCH);
    }
    // 13.2.2 step 3; it is reached after a true step 1 as well.
    EntityTagSet ifNoneMatch = headers.ifNoneMatch();
    if (ifNoneMatch != null && !holdsIfNoneMatch(ifNoneMatch, current)) {
      return isRead(method)
          ? PreconditionDecision.notModified()
          : PreconditionDecision.failed(ConditionalHeaders.IF_NONE_MATCH);
    }
    return PreconditionDecision.proceed();
  }

  /** 13.2.1: a server ignores preconditions where no representation is selected or changed. */
  public static boolean isEvaluated(String method) {
    return !method.equals("OPTIONS") && !method.equals("TRACE") && !method.equals("CONNECT");
  }

  /** Whether a true If-None-Match is about saving a transfer (304), not about refusing (412). */
  public static boolean isRead(String method) {
    return method.equals("GET") || method.equals("HEAD");
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
      return !current.isPresent();
    }
    EntityTag tag = current.tag();
    return tag == null || !excluded.containsWeakly(tag);
  }
}
