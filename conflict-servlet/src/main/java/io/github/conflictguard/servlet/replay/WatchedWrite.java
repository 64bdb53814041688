package io.github.conflictguard.servlet.replay;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.exchange.BufferedResponse;
import io.github.conflictguard.servlet.exchange.RereadRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One conditional write, which may be the repetition of another one. One thread at a time. */
public final class WatchedWrite {

  private final AppliedWrites applied;
  private final RereadRequest request;
  private final String fingerprint;
  private @Nullable RecordedAnswer answer;

  WatchedWrite(AppliedWrites applied, RereadRequest request, String fingerprint) {
    this.applied = applied;
    this.request = request;
    this.fingerprint = fingerprint;
  }

  /** The request that the application has to be given: its body was read already. */
  public HttpServletRequest request() {
    return request;
  }

  /**
   * Answers as the first time, if this very write has made the state that there is now.
   *
   * @return whether it has
   */
  public boolean replay(SelectedRepresentation current, HttpServletResponse response)
      throws IOException {
    String state = nameOf(current);
    return state != null && applied.replay(fingerprint, state, response);
  }

  /** The response that the application has to be given: a success is copied. */
  public BufferedResponse watch(HttpServletResponse response) {
    return new BufferedResponse(
        response,
        held -> held.getStatus() / 100 == 2,
        AppliedWrites.LARGEST,
        whole -> {
          if (response.getStatus() / 100 == 2 && whole.isComplete()) {
            answer = new RecordedAnswer(response, whole);
          }
          whole.release();
        },
        applied.timer());
  }

  /** Whether the application has answered with a success that can be repeated. */
  public boolean isApplied() {
    return answer != null;
  }

  /** Remembers the write, once it is known what state it has made. */
  public void remember(SelectedRepresentation made) {
    String state = nameOf(made);
    if (answer != null && state != null) {
      applied.add(fingerprint, state, answer);
    }
  }

  /** Null for a state that cannot be told from others. */
  private static @Nullable String nameOf(SelectedRepresentation state) {
    return state.isAbsent() ? "absent" : state.tag() == null ? null : state.tag().toString();
  }
}
