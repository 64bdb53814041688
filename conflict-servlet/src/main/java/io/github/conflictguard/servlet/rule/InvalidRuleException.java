package io.github.conflictguard.servlet.rule;

/** The rules file cannot be used. The message names the rule, the field and what is accepted. */
public final class InvalidRuleException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidRuleException(String message) {
    super(message);
  }
}
