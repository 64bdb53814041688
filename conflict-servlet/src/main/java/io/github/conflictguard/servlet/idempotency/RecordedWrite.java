package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** One conditional write, which may be the repetition of another one. One thread at a time. */
public final class RecordedWrite {

  private final AppliedWrites applied;
  private final BufferedRequest request;
  private final ClientIdentity client;
  private @Nullable RecordedAnswer answer;
  private @Nullable BufferedResponse held;

  RecordedWrite(AppliedWrites applied, BufferedRequest request, ClientIdentity client) {
    this.applied = applied;
    this.request = request;
    this.client = client;
  }

  /** The request that the application has to be given: its body was read already. */
  public HttpServletRequest request() {
    return request;
  }

  /**
   * Returns the answer of the first time, if this very write has made the state that there is now;
   * else null.
   */
  public @Nullable RecordedAnswer recorded(SelectedRepresentation current) {
    String state = nameOf(current);
    return state == null ? null : applied.recorded(WriteFingerprint.of(request, client), state);
  }

  /** The response that the application has to be given: a success is copied. */
  public BufferedResponse watch(HttpServletResponse response) {
    BufferedResponse watching =
        new BufferedResponse(
            response,
            answering -> answering.getStatus() / 100 == 2,
            AppliedWrites.LARGEST,
            whole -> {
              record(response, whole);
              whole.release();
            },
            applied.timer());
    held = watching;
    return watching;
  }

  /**
   * Copies the answer if it is held as a whole, without sending it.
   *
   * @return whether the application has answered with a success that can be repeated
   */
  public boolean record(HttpServletResponse response) {
    if (answer == null && held != null && held.isHeld()) {
      record(response, held);
    }
    return answer != null;
  }

  private void record(HttpServletResponse response, BufferedResponse whole) {
    if (response.getStatus() / 100 == 2 && whole.isComplete()) {
      answer = new RecordedAnswer(response, whole);
    }
  }

  /**
   * Remembers the write, once it is known what state it has made, for the client that there is now:
   * the application may have logged a user in or out.
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
