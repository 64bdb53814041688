package io.github.conflictguard.servlet.answer;

import io.github.conflictguard.classify.StatedDetails;
import io.github.conflictguard.conflict.Conflict;
import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.precondition.HttpDate;
import io.github.conflictguard.precondition.MalformedHeader;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.problem.ProblemBuilder;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.problem.StatusProfile;
import io.github.conflictguard.servlet.request.LocalAddress;
import io.github.conflictguard.servlet.request.RequestInstance;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Creates the description of a problem from the decision on a request. Immutable. */
public final class Problems {

  private final StatusProfile profile;
  private final int missingReferenceStatus;
  private final int retryableStatus;
  private final UnaryOperator<@Nullable String> fieldOfConstraint;

  /**
   * Creates an instance.
   *
   * @param missingReferenceStatus the status for {@link ConflictKind#MISSING_REFERENCE}
   * @param retryableStatus the status for the kinds after which the same request may succeed
   * @param fieldOfConstraint returns the application's label for the field of a constraint; null
   *     where it has none
   */
  public Problems(
      StatusProfile profile,
      int missingReferenceStatus,
      int retryableStatus,
      UnaryOperator<@Nullable String> fieldOfConstraint) {
    this.profile = profile;
    this.missingReferenceStatus = missingReferenceStatus;
    this.retryableStatus = retryableStatus;
    this.fieldOfConstraint = fieldOfConstraint;
  }

  /** Describes a conflict of which only the kind is known. */
  public ProblemDetail conflict(
      HttpServletRequest request, ConditionalHeaders headers, ConflictKind kind) {
    return conflict(request, headers, Conflict.of(kind), null);
  }

  /**
   * Describes a conflict that the application or its database reported.
   *
   * @param details the details from the exceptions; null when there are none
   */
  public ProblemDetail conflict(
      HttpServletRequest request,
      ConditionalHeaders headers,
      Conflict conflict,
      @Nullable StatedDetails details) {
    ConflictKind kind = conflict.kind();
    // RFC 5789, 2.2: a client that sent a precondition gets 412 when the precondition proves false.
    boolean staleInSpiteOfPrecondition =
        kind == ConflictKind.STALE_VERSION && headers.concernWrites();
    ProblemType type =
        staleInSpiteOfPrecondition ? ProblemType.PRECONDITION_FAILED : ProblemType.of(kind);
    ProblemBuilder problem =
        ProblemDetail.of(type, LocalAddress.shownPathOf(request))
            .instance(RequestInstance.of(request))
            .status(statusOf(kind, type, details))
            .field(fieldOfConstraint.apply(conflict.constraint()));
    if (kind.isRetryable()) {
      // 1 or 2 seconds, so that colliding clients do not retry at the same time.
      problem.retryAfter(1 + ThreadLocalRandom.current().nextInt(2));
    }
    if (details != null) {
      tell(kind, details, problem);
    }
    return problem.build();
  }

  private int statusOf(ConflictKind kind, ProblemType type, @Nullable StatedDetails details) {
    if (kind == ConflictKind.MISSING_REFERENCE) {
      return missingReferenceStatus;
    }
    return kind.isRetryable() ? retryableStatus : profileOf(details).statusOf(type);
  }

  /** Returns the status profile. That of the guarded method takes precedence over the filter's. */
  private StatusProfile profileOf(@Nullable StatedDetails details) {
    String stated = details == null ? null : details.statusProfile();
    for (StatusProfile known : StatusProfile.values()) {
      if (known.name().equals(stated)) {
        return known;
      }
    }
    return profile;
  }

  private static void tell(ConflictKind kind, StatedDetails details, ProblemBuilder problem) {
    String state = details.state();
    if (kind == ConflictKind.WRONG_STATE && state != null) {
      problem.state(state, details.allowedTransitions());
    }
    String rule = details.rule();
    if (kind == ConflictKind.BUSINESS_RULE && rule != null) {
      problem.rule(rule, details.facts());
    }
  }

  /**
   * Describes a precondition that stops the request.
   *
   * @param decision failed, required or malformed
   * @param current the current state; null when it was not read
   */
  public ProblemDetail precondition(
      HttpServletRequest request,
      ConditionalHeaders headers,
      PreconditionDecision decision,
      @Nullable SelectedRepresentation current) {
    switch (decision.outcome()) {
      case REQUIRED:
        return of(ProblemType.PRECONDITION_REQUIRED, request)
            .header(ConditionalHeaders.IF_MATCH)
            .build();
      case MALFORMED:
        return malformed(request, headers);
      case FAILED:
        return failed(request, headers, decision, current);
      default:
        throw new IllegalArgumentException("no problem: " + decision);
    }
  }

  /** Describes a form that is based on a state which is no longer current. */
  public ProblemDetail staleForm(HttpServletRequest request) {
    return of(ProblemType.PRECONDITION_FAILED, request).build();
  }

  /** Describes a form that was already submitted and executed. */
  public ProblemDetail duplicateSubmit(HttpServletRequest request) {
    return of(ProblemType.DUPLICATE_SUBMIT, request).build();
  }

  /** Describes a form that does not identify the state on which it is based. */
  public ProblemDetail formWithoutVersion(HttpServletRequest request) {
    return of(ProblemType.PRECONDITION_REQUIRED, request).build();
  }

  /** Describes a conditional write whose target does not exist. */
  public ProblemDetail notFound(HttpServletRequest request) {
    return of(ProblemType.NOT_FOUND, request).build();
  }

  /** Describes a write whose body arrived so slowly that others could not wait any longer. */
  public ProblemDetail slowRequest(HttpServletRequest request) {
    return of(ProblemType.SLOW_REQUEST, request).build();
  }

  private ProblemDetail malformed(HttpServletRequest request, ConditionalHeaders headers) {
    ProblemBuilder problem = of(ProblemType.MALFORMED_PRECONDITION, request);
    MalformedHeader malformed = headers.malformed();
    if (malformed != null) {
      problem.header(malformed.name()).reason(malformed.reason());
    }
    return problem.build();
  }

  private ProblemDetail failed(
      HttpServletRequest request,
      ConditionalHeaders headers,
      PreconditionDecision decision,
      @Nullable SelectedRepresentation current) {
    String header = String.valueOf(decision.header());
    boolean exists = header.equals(ConditionalHeaders.IF_NONE_MATCH);
    return of(exists ? ProblemType.ALREADY_EXISTS : ProblemType.PRECONDITION_FAILED, request)
        .header(header)
        .sent(headers.valueOf(header))
        .current(current == null ? null : validatorOf(current, header))
        .build();
  }

  /** Returns the current validator, of the kind the client sent (date or entity tag). */
  private static @Nullable Object validatorOf(SelectedRepresentation current, String header) {
    Instant lastModified = current.lastModified();
    return header.equals(ConditionalHeaders.IF_UNMODIFIED_SINCE) && lastModified != null
        ? HttpDate.format(lastModified)
        : current.tag();
  }

  private ProblemBuilder of(ProblemType type, HttpServletRequest request) {
    return ProblemDetail.of(type, LocalAddress.shownPathOf(request))
        .instance(RequestInstance.of(request))
        .status(profile.statusOf(type));
  }
}
