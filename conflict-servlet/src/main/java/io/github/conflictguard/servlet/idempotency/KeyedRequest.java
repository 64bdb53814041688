package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.formdata.BodyDigest.Sameness;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request with an idempotency key: the first one with this key, or another one. Immutable. */
public final class KeyedRequest {

  /** A request whose key belongs to one in progress that has other content. */
  static final KeyedRequest REUSED = new KeyedRequest(State.REUSED, null, null, null);

  /** A request whose key belongs to one in progress. */
  public static final KeyedRequest IN_PROGRESS =
      new KeyedRequest(State.IN_PROGRESS, null, null, null);

  private final State state;
  private final @Nullable KeyedExecution execution;
  private final @Nullable KeyedRecord record;
  private final @Nullable RecordedAnswer answer;

  private KeyedRequest(
      State state,
      @Nullable KeyedExecution execution,
      @Nullable KeyedRecord record,
      @Nullable RecordedAnswer answer) {
    this.state = state;
    this.execution = execution;
    this.record = record;
    this.answer = answer;
  }

  static KeyedRequest first(KeyedExecution execution) {
    return new KeyedRequest(State.FIRST, execution, null, null);
  }

  static KeyedRequest repeated(KeyedRecord record, @Nullable RecordedAnswer answer) {
    return new KeyedRequest(State.REPEATED, null, record, answer);
  }

  /** Returns how it relates to other requests with the same key. */
  public State state() {
    return state;
  }

  /** Returns the execution of the first request, which has to be ended. */
  public KeyedExecution execution() {
    if (execution == null) {
      throw new IllegalStateException("not the first request with its key");
    }
    return execution;
  }

  /**
   * Compares a repetition with the executed request.
   *
   * @param sent the fingerprint of the repetition
   * @param request the repetition, whose body is read
   */
  public Sameness compare(RequestFingerprint sent, HttpServletRequest request) throws IOException {
    return record == null ? Sameness.UNKNOWN : record.fingerprint.compare(sent, request);
  }

  /** Returns whether a repetition differs from the executed request, judged without its body. */
  public boolean isContradictedBy(RequestFingerprint sent) {
    return record != null && record.fingerprint.isContradictedBy(sent);
  }

  /** Returns the response to the executed request; null when it is not available. */
  public @Nullable RecordedAnswer answer() {
    return answer;
  }

  /** Returns the conflict with which the filter has responded; null when there is none. */
  public @Nullable ProblemDetail problem() {
    return record == null ? null : record.problem;
  }

  /** How a request relates to others with the same key. */
  public enum State {
    /** There is none: it is executed. */
    FIRST,
    /** One was executed. */
    REPEATED,
    /** One with other content is in progress. */
    REUSED,
    /** One is in progress. */
    IN_PROGRESS
  }
}
