package io.github.conflictguard.problem;

/** A remedy that a problem offers: a code for programs and a sentence for users. */
public enum Action {
  /** Reads the resource again. */
  REFRESH_STATE("Load the current version"),
  /** Applies the change to the current version. */
  REPEAT_CHANGE("Make your change again on top of the current version"),
  /** Sends another value in place of the one in use. */
  CHANGE_VALUE("Choose another value"),
  /** Continues with the record that has the value, or that the first request created. */
  USE_EXISTING("Use the record that exists already"),
  /** Removes the references to the record first. */
  REMOVE_DEPENDENTS("Remove or reassign the records that still refer to this one"),
  /** Refers to a record that exists. */
  CREATE_REFERENCED("Create the missing record first, or refer to another one"),
  /** Changes the state of the record first. */
  TRANSITION_FIRST("Bring the record into a state that allows this operation"),
  /** Changes the request so that it obeys the rule of the application. */
  REVIEW_REQUEST("Change the request so that it obeys the rule"),
  /** Sends the same request again later. */
  WAIT("Wait a moment and send the same request again"),
  /** Sends the same request with a precondition. */
  SEND_PRECONDITION("Load the current version and send its ETag in If-Match"),
  /** Sends the request with an idempotency key that no other request has carried. */
  SEND_NEW_KEY("Send the request with a new idempotency key, for example a random UUID"),
  /** Sends the same request with a valid header. */
  CORRECT_HEADER("Correct the header, for example: If-Match: \"value of the ETag header\"");

  private final String title;

  Action(String title) {
    this.title = title;
  }

  /** Returns the remedy as a sentence. */
  public String title() {
    return title;
  }
}
