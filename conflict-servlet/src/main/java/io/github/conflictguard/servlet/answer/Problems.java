package io.github.conflictguard.servlet.answer;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.precondition.ConditionalHeaders;
import io.github.conflictguard.precondition.HttpDate;
import io.github.conflictguard.precondition.MalformedHeader;
import io.github.conflictguard.precondition.PreconditionDecision;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.problem.StatusProfile;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** From what was decided on a request to what is said about it. Immutable. */
public final class Problems {

  private final StatusProfile profile;

  public Problems(StatusProfile profile) {
    this.profile = profile;
  }

  /** A conflict that the application or its database found. */
  public ProblemDetail conflict(
      HttpServletRequest request, ConditionalHeaders headers, ConflictKind kind) {
    // RFC 5789, 2.2: who sent a precondition learns that it turned out not to hold.
    boolean staleInSpiteOfPrecondition =
        kind == ConflictKind.STALE_VERSION && headers.concernWrites();
    ProblemDetail.Builder problem =
        of(
            staleInSpiteOfPrecondition ? ProblemType.PRECONDITION_FAILED : ProblemType.of(kind),
            request);
    if (kind.isRetryable()) {
      // 1 or 2 seconds, so that those who collided do not come back together.
      problem.retryAfter(1 + ThreadLocalRandom.current().nextInt(2));
    }
    return problem.build();
  }

  /**
   * A precondition that the request does not get past.
   *
   * @param decision failed, required or malformed
   * @param current what the server has now; null when nobody looked
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

  /** A write with a precondition that is aimed at something that is not there. */
  public ProblemDetail notFound(HttpServletRequest request) {
    return of(ProblemType.NOT_FOUND, request).build();
  }

  private ProblemDetail malformed(HttpServletRequest request, ConditionalHeaders headers) {
    ProblemDetail.Builder problem = of(ProblemType.MALFORMED_PRECONDITION, request);
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

  /** What the server has now, in the currency in which the client asked. */
  private static @Nullable Object validatorOf(SelectedRepresentation current, String header) {
    Instant lastModified = current.lastModified();
    return header.equals(ConditionalHeaders.IF_UNMODIFIED_SINCE) && lastModified != null
        ? HttpDate.format(lastModified)
        : current.tag();
  }

  private ProblemDetail.Builder of(ProblemType type, HttpServletRequest request) {
    return ProblemDetail.of(type, request.getRequestURI()).status(profile.statusOf(type));
  }
}
