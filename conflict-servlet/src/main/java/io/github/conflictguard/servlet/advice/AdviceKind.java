package io.github.conflictguard.servlet.advice;

import java.util.Locale;

/** The kinds of advice, with the keys of their texts. */
enum AdviceKind {
  /** A rule in mode observe loses updates. */
  PROTECT,

  /** Updates are lost where no rule applies. */
  ADD_RULE,

  /** A field differs on each page. */
  IGNORE_FIELD,

  /** Most conflicts concern different fields. */
  MERGE,

  /** Many conflicts have the same sender on both sides. */
  TWO_TABS,

  /** Writes wait long for each other. */
  LOCK_WAITS,

  /** The application reports conflicts as something else, and the rule only observes. */
  SWALLOWED_OBSERVED,

  /** The application reports conflicts as something else, in responses that are not buffered. */
  SWALLOWED,

  /** The current state was not determined in conflicts of a rule. */
  ALLOW_INTERNAL_GET,

  /** A read was answered with 409. */
  CONFLICT_ON_READ;

  /** Returns the beginning of its identifiers and texts. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
