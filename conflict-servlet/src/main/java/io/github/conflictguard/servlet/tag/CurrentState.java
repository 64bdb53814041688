package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.probe.ProbeResponse;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** The current state of the target of a request, as determined by a tag source. Immutable. */
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

  /** Returns a state that was determined without the application, which does not have its tag. */
  public static CurrentState known(SelectedRepresentation representation) {
    return new CurrentState(representation, true, null, null);
  }

  /** Returns the state of a resource that cannot be read: it satisfies no precondition. */
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

  /** Returns this state as obtained from a response of the application. */
  CurrentState from(HttpServletResponse ofApplication) {
    return new CurrentState(representation, tagIsOurs, refusal, ofApplication);
  }

  /** Returns this state with other validators. */
  public CurrentState with(SelectedRepresentation other) {
    return other == representation ? this : new CurrentState(other, tagIsOurs, refusal, answer);
  }

  /** Returns the unmodified entity tag of the application's response, or null if it has none. */
  public @Nullable String tagOfApplication() {
    return answer == null || answer.getStatus() / 100 != 2 ? null : answer.getHeader("ETag");
  }

  /**
   * Returns whether this seems to be a static file, for which the container evaluates preconditions
   * itself: one served with ranges, or without a type, as Jetty includes files.
   */
  public boolean isServedByContainer() {
    return answer != null
        && representation.isPresent()
        && (answer.containsHeader("Accept-Ranges") || answer.getContentType() == null);
  }

  /** Returns the response that the state was obtained from, with its headers, or null if none. */
  public @Nullable HttpServletResponse answer() {
    return answer;
  }

  /** Returns the representation that preconditions are evaluated against. */
  public SelectedRepresentation representation() {
    return representation;
  }

  /** Returns whether the filter has generated the tag, so that the application does not have it. */
  public boolean isTagOurs() {
    return tagIsOurs;
  }

  /**
   * Returns the response that denies this user access to the resource (401, 403, redirect) or
   * reports that it does not exist (404, 410); null if the application showed it, or failed.
   */
  public @Nullable ProbeResponse refusal() {
    return refusal;
  }

  /** Returns whether the application has responded that the resource does not exist. */
  public boolean isAbsent() {
    return refusal != null && !representation.isUnreadable();
  }
}
