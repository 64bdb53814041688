package io.github.conflictguard.servlet.form;

import java.util.function.Supplier;

/**
 * A token that is issued when it is written: the application may have started a session by then, to
 * which the token is bound.
 */
final class PlaceableToken {

  private final Supplier<String> token;

  PlaceableToken(Supplier<String> token) {
    this.token = token;
  }

  /** Returns the token. */
  @Override
  public String toString() {
    return token.get();
  }
}
