package io.github.conflictguard.servlet.console.access;

import org.jspecify.annotations.Nullable;

/** A visit to the monitor. Immutable. */
public final class Session {

  final String id;
  final long expires;
  private final String formToken;
  private final @Nullable String user;

  Session(String id, String formToken, @Nullable String user, long expires) {
    this.id = id;
    this.formToken = formToken;
    this.user = user;
    this.expires = expires;
  }

  /** Returns the token that the forms of the monitor contain for this visit. */
  public String formToken() {
    return formToken;
  }

  /** Returns the user for whom it was created; null for the holder of the token. */
  @Nullable String user() {
    return user;
  }
}
