package io.github.conflictguard.servlet.form;

import java.util.function.Supplier;

/**
 * A token that is made when it is written: by then the application may have begun a session, to
 * which the token is bound.
 */
final class PlaceableToken {

  private final Supplier<String> token;

  PlaceableToken(Supplier<String> token) {
    this.token = token;
  }

  /** The token. */
  @Override
  public String toString() {
    return token.get();
  }
}
