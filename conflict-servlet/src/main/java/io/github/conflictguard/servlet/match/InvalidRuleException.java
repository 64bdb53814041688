package io.github.conflictguard.servlet.match;

/** The rules file cannot be used. The message names the rule, the field and what is accepted. */
public final class InvalidRuleException extends Exception {

  private static final long serialVersionUID = 1L;

  public InvalidRuleException(String message) {
    super(message);
  }
}
