package io.github.conflictguard.servlet.replay;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.exchange.BufferedResponse;
import io.github.conflictguard.servlet.exchange.ClientIdentity;
import io.github.conflictguard.servlet.exchange.RereadRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One conditional write, which may be the repetition of another one. One thread at a time. */
public final class WatchedWrite {

  private final AppliedWrites applied;
  private final RereadRequest request;
  private final ClientIdentity client;
  private @Nullable RecordedAnswer answer;

  WatchedWrite(AppliedWrites applied, RereadRequest request, ClientIdentity client) {
    this.applied = applied;
    this.request = request;
    this.client = client;
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
    return state != null && applied.replay(WriteFingerprint.of(request, client), state, response);
  }

  /** The response that the application has to be given: a success is copied. */
  public BufferedResponse watch(HttpServletResponse response) {
    return new BufferedResponse(
        response,
        held -> held.getStatus() / 100 == 2,
        AppliedWrites.LARGEST,
        whole -> {
          if (response.getStatus() / 100 == 2) {
            answer = new RecordedAnswer(response, whole);
          }
          whole.release();
        });
  }

  /** Whether the application has answered with a success that can be repeated. */
  public boolean isApplied() {
    return answer != null;
  }

  /**
   * Remembers the write, once it is known what state it has made, for the client that there is now:
   * the application may have logged somebody in or out.
   */
  public void remember(SelectedRepresentation made) {
    String state = nameOf(made);
    if (answer == null || state == null) {
      return;
    }
    ClientIdentity after = ClientIdentity.of(request);
    for (ClientIdentity entitled : ClientIdentity.entitled(client, after)) {
      applied.add(entitled, WriteFingerprint.of(request, entitled), state, answer);
    }
  }

  /** Null for a state that cannot be told from others. */
  private static @Nullable String nameOf(SelectedRepresentation state) {
    return state.isAbsent() ? "absent" : state.tag() == null ? null : state.tag().toString();
  }
}
