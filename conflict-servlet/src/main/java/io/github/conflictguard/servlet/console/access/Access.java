package io.github.conflictguard.servlet.console.access;

/** The access of a request to the monitor. */
public enum Access {
  /** For this client there is no monitor: the application gets the request. */
  NONE,

  /** The client has to send the token first. */
  SIGN_IN,

  /** The client has sent wrong tokens, or others have, and must wait. */
  WAIT,

  /** The client may see the monitor. */
  GRANTED
}
