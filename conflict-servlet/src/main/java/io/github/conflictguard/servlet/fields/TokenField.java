package io.github.conflictguard.servlet.fields;

/** The field that carries the token of a form. */
public final class TokenField {

  /** Its name, also as a parameter of links. */
  public static final String NAME = "_conflictguard";

  private TokenField() {}
}
