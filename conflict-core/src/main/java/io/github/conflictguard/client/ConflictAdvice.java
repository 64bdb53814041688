package io.github.conflictguard.client;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.EntityTagSyntaxException;
import io.github.conflictguard.problem.RetryHint;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a response means for the client that sent the request: the kind of the conflict, whether and
 * when to send again, and the current entity tag. Made of status, headers and body, so that it can
 * be used with every HTTP client.
 *
 * <p>The problem details (RFC 9457) decide, and the status only where there are none. {@code
 * x-should-retry: false} prevents the repetition of the same request, and {@code true} permits it
 * where the problem details do not forbid it.
 *
 * <p>Immutable and thread-safe.
 */
public final class ConflictAdvice {

  private static final Set<String> KINDS_OF_KEYS =
      new HashSet<>(
          Arrays.asList(
              "idempotency-key-malformed", "idempotency-key-missing", "idempotency-key-reused"));

  private static final String ALREADY_APPLIED = "already-applied";

  private final int status;
  private final ReceivedProblem problem;
  private final RetryAdvice retry;
  private final boolean nothingDone;
  private final @Nullable Duration after;
  private final @Nullable String currentTag;

  private ConflictAdvice(
      int status, Function<String, @Nullable String> header, byte[] body, Instant now) {
    this.status = status;
    this.problem = ReceivedProblem.in(header.apply("Content-Type"), body);
    Duration stated = RetryAfter.parse(header.apply("Retry-After"), header.apply("Date"), now);
    Integer seconds = problem.after();
    this.after = stated != null || seconds == null ? stated : Duration.ofSeconds(seconds);
    String shouldRetry = header.apply("x-should-retry");
    boolean permitted = shouldRetry != null && shouldRetry.trim().equalsIgnoreCase("true");
    boolean forbidden = shouldRetry != null && shouldRetry.trim().equalsIgnoreCase("false");
    String hint = problem.hint();
    boolean sameByProblem = RetryHint.SAME_REQUEST.code().equals(hint);
    this.retry = status < 400 ? RetryAdvice.NEVER : advice(hint, permitted, forbidden);
    this.nothingDone = sameByProblem || permitted;
    this.currentTag = isAboutTheResource(status) ? tagIn(header.apply("ETag")) : null;
  }

  /**
   * Reads a response.
   *
   * @param status the HTTP status
   * @param header returns the value of a response header by its name, in any case; null when the
   *     response does not have it
   * @param body the body; empty when there is none
   */
  public static ConflictAdvice of(
      int status, Function<String, @Nullable String> header, byte[] body) {
    return of(status, header, body, Instant.now());
  }

  static ConflictAdvice of(
      int status, Function<String, @Nullable String> header, byte[] body, Instant now) {
    return new ConflictAdvice(status, header, body, now);
  }

  private RetryAdvice advice(@Nullable String hint, boolean permitted, boolean forbidden) {
    RetryAdvice same = after == null ? RetryAdvice.SAME : RetryAdvice.WAIT;
    if (KINDS_OF_KEYS.contains(problem.text("kind"))) {
      return RetryAdvice.NEW_KEY;
    }
    if (RetryHint.REFRESH_THEN_RETRY.code().equals(hint)
        || RetryHint.WITH_PRECONDITION.code().equals(hint)) {
      return RetryAdvice.REFRESH;
    }
    if (RetryHint.SAME_REQUEST.code().equals(hint)) {
      return forbidden ? RetryAdvice.NEVER : same;
    }
    if (hint != null) {
      return RetryAdvice.NEVER;
    }
    return permitted ? same : byStatus(forbidden, same);
  }

  /** Decides for a response that does not come from the filter. */
  private RetryAdvice byStatus(boolean forbidden, RetryAdvice same) {
    switch (status) {
      case 412: // RFC 9110, 15.5.13
      case 428: // RFC 6585, 3
        return RetryAdvice.REFRESH;
      case 408: // RFC 9110, 15.5.9
      case 425: // RFC 8470, 5.2
      case 429: // RFC 6585, 4
      case 503: // RFC 9110, 15.6.4
        return forbidden ? RetryAdvice.NEVER : same;
      case 409:
        // RFC 9110, 15.5.10: the user can resolve it; only a time makes it a matter of waiting.
        return forbidden || after == null ? RetryAdvice.NEVER : RetryAdvice.WAIT;
      default:
        return RetryAdvice.NEVER;
    }
  }

  /** Returns whether the {@code ETag} is that of the resource, not that of an error page. */
  private static boolean isAboutTheResource(int status) {
    return (status >= 200 && status < 300) || status == 304 || status == 409 || status == 412;
  }

  private static @Nullable String tagIn(@Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      return EntityTag.parse(value).toString();
    } catch (EntityTagSyntaxException e) {
      return null;
    }
  }

  /** Returns the HTTP status of the response. */
  public int status() {
    return status;
  }

  /**
   * Returns the kind of the problem, as {@code stale-version} or {@code duplicate-key}; null when
   * the response has no problem details with a {@code kind}.
   */
  public @Nullable String kind() {
    return problem.text("kind");
  }

  /**
   * Returns a sentence about the problem for the log or the user; null when the response has no
   * problem details with a {@code detail}.
   */
  public @Nullable String detail() {
    return problem.text("detail");
  }

  /** Returns what the client can do. {@link RetryAdvice#NEVER} for every status below 400. */
  public RetryAdvice retry() {
    return retry;
  }

  /**
   * Returns whether the server states that the same request may be sent again because it has not
   * been executed: by problem details, or by {@code x-should-retry: true}. Otherwise only a read,
   * or a request with a key that the server honours, can be repeated without a doubled effect.
   */
  public boolean isRepeatable() {
    return nothingDone && (retry == RetryAdvice.SAME || retry == RetryAdvice.WAIT);
  }

  /**
   * Returns whether the request was executed when it was sent for the first time, and the response
   * to that is not available any more.
   */
  public boolean isAlreadyApplied() {
    return ALREADY_APPLIED.equals(kind());
  }

  /**
   * Returns the time before which the same request should not be sent again, from {@code
   * Retry-After} (a date is compared with the {@code Date} of the same response) or else from the
   * problem details; null when the response does not contain one. Not limited: see {@link
   * RetryPolicy#longestWait()}.
   */
  public @Nullable Duration after() {
    return after;
  }

  /**
   * Returns the current entity tag as in a header, with quotes and weak flag; null when the
   * response has none. It is not a licence to overwrite: a client that has not read this state has
   * to read it before it sends the tag.
   */
  public @Nullable String currentTag() {
    return currentTag;
  }

  /**
   * Returns what has changed since the client read the resource: each element has {@code pointer}
   * (RFC 6901) or {@code field}, and {@code by} with {@code theirs}, {@code yours} or {@code both}.
   * Unmodifiable; empty when the server does not disclose it.
   */
  public List<Map<String, String>> changes() {
    return problem.changes();
  }

  /**
   * Returns all members of the problem details: maps, lists, strings, numbers, booleans and null.
   * Unmodifiable; empty when the response has none.
   */
  public Map<String, @Nullable Object> problem() {
    return problem.members();
  }

  /** Returns status, kind and advice, for the log. */
  @Override
  public String toString() {
    String kind = kind();
    return status + (kind == null ? "" : " " + kind) + " (" + retry + ")";
  }
}
