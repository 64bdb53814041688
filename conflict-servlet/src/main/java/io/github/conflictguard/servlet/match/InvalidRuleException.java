package io.github.conflictguard.servlet.match;

/**
 * Thrown when the rules file is invalid. The message contains the rule, the field and what is
 * accepted.
 */
public final class InvalidRuleException extends Exception {

  private static final long serialVersionUID = 1L;

  public InvalidRuleException(String message) {
    super(message);
  }
}
