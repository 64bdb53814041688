package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.client.ClientIdentity;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A request that is being executed. It ends once: it is stored, or discarded so that the next one
 * is executed. Thread-safe.
 */
public final class KeyedExecution {

  final ClientIdentity client;
  final String name;
  final RequestFingerprint sent;
  final long lifetimeSeconds;
  final Waiting waiting = new Waiting();
  private final KeyedRequests memory;
  private final AtomicBoolean ended = new AtomicBoolean();

  KeyedExecution(
      KeyedRequests memory,
      ClientIdentity client,
      String name,
      RequestFingerprint sent,
      long lifetimeSeconds) {
    this.memory = memory;
    this.client = client;
    this.name = name;
    this.sent = sent;
    this.lifetimeSeconds = lifetimeSeconds;
  }

  /**
   * Records that the request was executed, unless it has ended before.
   *
   * @param request whose body is compared with that of repetitions
   * @param after the client when the application has finished
   * @param answer null when it is not available
   * @param problem the conflict with which the filter responds; null for none
   */
  public void done(
      HttpServletRequest request,
      ClientIdentity after,
      @Nullable RecordedAnswer answer,
      @Nullable ProblemDetail problem) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    RequestFingerprint fingerprint = sent;
    try {
      fingerprint = sent.afterwards(request);
    } catch (IOException | RuntimeException e) {
      // The parts are gone, or the request is: repetitions are compared by what is known.
    } finally {
      memory.done(this, after, fingerprint, answer, problem);
    }
  }

  /** Discards the request, so that the next one is executed, unless it has ended before. */
  public void failed() {
    if (ended.compareAndSet(false, true)) {
      memory.failed(this);
    }
  }

  /** Returns whether the request was stored or discarded. */
  public boolean isEnded() {
    return ended.get();
  }
}
