package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.probe.ProbeResponse;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** What a tag source found out about the target of a request. Immutable. */
public final class CurrentState {

  private final SelectedRepresentation representation;
  private final boolean tagIsOurs;
  private final @Nullable ProbeResponse refusal;
  private final @Nullable HttpServletResponse answer;

  private CurrentState(
      SelectedRepresentation representation,
      boolean tagIsOurs,
      @Nullable ProbeResponse refusal,
      @Nullable HttpServletResponse answer) {
    this.representation = representation;
    this.tagIsOurs = tagIsOurs;
    this.refusal = refusal;
    this.answer = answer;
  }

  /** A state that was found out without the application, which knows nothing of its tag. */
  public static CurrentState known(SelectedRepresentation representation) {
    return new CurrentState(representation, true, null, null);
  }

  /** Returns the state of what cannot be read: it satisfies no precondition. */
  public static CurrentState unreadable() {
    return of(SelectedRepresentation.unreadable());
  }

  static CurrentState of(SelectedRepresentation representation) {
    return new CurrentState(representation, false, null, null);
  }

  static CurrentState of(Validators validators) {
    return new CurrentState(validators.representation(), validators.isTagOurs(), null, null);
  }

  static CurrentState refused(ProbeResponse answer) {
    return new CurrentState(SelectedRepresentation.unreadable(), false, answer, answer);
  }

  static CurrentState absent(ProbeResponse answer) {
    return new CurrentState(SelectedRepresentation.absent(), false, answer, answer);
  }

  /** The same, learnt from this answer of the application. */
  CurrentState from(HttpServletResponse ofApplication) {
    return new CurrentState(representation, tagIsOurs, refusal, ofApplication);
  }

  /** The same with another view of its validators. */
  public CurrentState with(SelectedRepresentation other) {
    return other == representation ? this : new CurrentState(other, tagIsOurs, refusal, answer);
  }

  /** The entity tag in the application's answer, as it is; null when it sent none. */
  public @Nullable String tagOfApplication() {
    return answer == null || answer.getStatus() / 100 != 2 ? null : answer.getHeader("ETag");
  }

  /**
   * Whether it seems to be a static file, which the container serves and judges preconditions of by
   * itself: in ranges, or without a type, as Jetty includes files.
   */
  public boolean isServedByContainer() {
    return answer != null
        && representation.isPresent()
        && (answer.containsHeader("Accept-Ranges") || answer.getContentType() == null);
  }

  /** The answer that it was learnt from, with its headers; null when there was no answer. */
  public @Nullable HttpServletResponse answer() {
    return answer;
  }

  /** The other side of the preconditions. */
  public SelectedRepresentation representation() {
    return representation;
  }

  /** Whether the tag is one that the application does not know. */
  public boolean isTagOurs() {
    return tagIsOurs;
  }

  /**
   * The answer by which the application refused to show the resource to this user (401, 403,
   * redirect) or said that there is none (404, 410); null when it showed something, or failed.
   */
  public @Nullable ProbeResponse refusal() {
    return refusal;
  }

  /** Whether the application said that there is no such resource. */
  public boolean isAbsent() {
    return refusal != null && !representation.isUnreadable();
  }
}
