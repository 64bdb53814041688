package io.github.conflictguard.servlet.rule;

/** Whether the writes of a rule require a precondition. */
public enum Requirement {
  /** All of them do. */
  ALWAYS,

  /** None of them does. */
  NEVER,

  /** The rule does not specify it: the setting {@code requirePrecondition} applies. */
  BY_SETTING
}
