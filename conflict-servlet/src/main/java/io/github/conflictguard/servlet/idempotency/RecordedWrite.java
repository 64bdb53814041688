package io.github.conflictguard.servlet.idempotency;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.buffer.BufferedResponses;
import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.formdata.BufferedRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** A conditional write, which may be a repetition of an earlier one. Not thread-safe. */
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

  /** Returns the request to pass to the application: the body of the original was read already. */
  public HttpServletRequest request() {
    return request;
  }

  /** Returns the first response, if this write has produced the current state; otherwise null. */
  public @Nullable RecordedAnswer recorded(SelectedRepresentation current) {
    String state = nameOf(current);
    return state == null ? null : applied.recorded(applied.fingerprint(request, client), state);
  }

  /** Returns the response to pass to the application, which copies a success. */
  public BufferedResponse watch(HttpServletResponse response) {
    BufferedResponse watching =
        BufferedResponses.of(
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
   * Copies the response if it is completely buffered, without sending it.
   *
   * @return whether the application has responded with a success that can be repeated
   */
  public boolean record(HttpServletResponse response) {
    if (answer == null && held != null && held.decide()) {
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
   * Stores the write once the resulting state is known, for the current client: the application may
   * have logged a user in or out.
   */
  public void remember(SelectedRepresentation made) {
    String state = nameOf(made);
    if (answer == null || state == null) {
      return;
    }
    ClientIdentity after = ClientIdentity.of(request);
    for (ClientIdentity entitled : ClientIdentity.entitled(client, after)) {
      applied.add(entitled, applied.fingerprint(request, entitled), state, answer);
    }
  }

  /** Returns a name of a state; null for one that cannot be distinguished from others. */
  private static @Nullable String nameOf(SelectedRepresentation state) {
    return state.isAbsent() ? "absent" : state.tag() == null ? null : state.tag().toString();
  }
}
