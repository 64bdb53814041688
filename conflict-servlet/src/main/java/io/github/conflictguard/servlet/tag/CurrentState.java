package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.servlet.exchange.CapturedResponse;
import org.jspecify.annotations.Nullable;

/** What a tag source found out about the target of a request. Immutable. */
public final class CurrentState {

  private final SelectedRepresentation representation;
  private final boolean tagIsOurs;
  private final @Nullable CapturedResponse refusal;

  private CurrentState(
      SelectedRepresentation representation,
      boolean tagIsOurs,
      @Nullable CapturedResponse refusal) {
    this.representation = representation;
    this.tagIsOurs = tagIsOurs;
    this.refusal = refusal;
  }

  /** A state that was found out without the application, which knows nothing of its tag. */
  public static CurrentState known(SelectedRepresentation representation) {
    return new CurrentState(representation, true, null);
  }

  /** Returns the state of what cannot be read: it satisfies no precondition. */
  public static CurrentState unreadable() {
    return of(SelectedRepresentation.unreadable());
  }

  static CurrentState of(SelectedRepresentation representation) {
    return new CurrentState(representation, false, null);
  }

  static CurrentState of(Validators validators) {
    return new CurrentState(validators.representation(), validators.isTagOurs(), null);
  }

  static CurrentState refused(CapturedResponse answer) {
    return new CurrentState(SelectedRepresentation.unreadable(), false, answer);
  }

  static CurrentState absent(CapturedResponse answer) {
    return new CurrentState(SelectedRepresentation.absent(), false, answer);
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
  public @Nullable CapturedResponse refusal() {
    return refusal;
  }

  /** Whether the application said that there is no such resource. */
  public boolean isAbsent() {
    return refusal != null && !representation.isUnreadable();
  }
}
