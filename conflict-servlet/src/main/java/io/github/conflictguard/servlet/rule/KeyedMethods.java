package io.github.conflictguard.servlet.rule;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The methods of writes that may carry an idempotency key. */
public final class KeyedMethods {

  /** The draft defines POST and PATCH; clients repeat the others as well. */
  private static final Set<String> METHODS =
      new HashSet<>(Arrays.asList("POST", "PUT", "PATCH", "DELETE"));

  private KeyedMethods() {}

  /** Returns whether a request is a write by one of these methods. */
  public static boolean contain(RuleMatch target) {
    return target.isWrite() && METHODS.contains(target.method());
  }
}
