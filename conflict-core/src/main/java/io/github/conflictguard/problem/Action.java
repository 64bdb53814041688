package io.github.conflictguard.problem;

/** A cure that a problem offers: a code for programs and a sentence for people. */
public enum Action {
  REFRESH_STATE("Load the current version"),
  REPEAT_CHANGE("Make your change again on top of the current version"),
  CHANGE_VALUE("Choose another value"),
  USE_EXISTING("Use the record that exists already"),
  REMOVE_DEPENDENTS("Remove or reassign the records that still refer to this one"),
  CREATE_REFERENCED("Create the missing record first, or refer to another one"),
  TRANSITION_FIRST("Bring the record into a state that allows this operation"),
  REVIEW_REQUEST("Change the request so that it obeys the rule"),
  WAIT("Wait a moment and send the same request again"),
  SEND_PRECONDITION("Load the current version and send its ETag in If-Match"),
  CORRECT_HEADER("Correct the header, for example: If-Match: \"value of the ETag header\"");

  private final String title;

  Action(String title) {
    this.title = title;
  }

  /** What to do, in a sentence. */
  public String title() {
    return title;
  }
}
