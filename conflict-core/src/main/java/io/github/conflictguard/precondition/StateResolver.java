package io.github.conflictguard.precondition;

import java.util.Map;

/**
 * Implemented by adopters whose application can determine the current state of a resource itself. A
 * rule specifies the class, which has a public constructor without parameters.
 *
 * <p>Called for every request to which the rule applies, by several threads concurrently: for a
 * read before the application runs, for a write while the lock of the resource is held.
 */
@FunctionalInterface
public interface StateResolver {

  /**
   * Returns the current state.
   *
   * @param variables the variables that the rule's pattern captured, by name. Unmodifiable
   * @return the state; its entity tag has to differ from every earlier one of the same resource
   *     whenever anything changed. A weak tag never satisfies {@code If-Match}
   * @throws Exception when the state cannot be determined; in this case writes with a precondition
   *     are refused, and the exception is logged
   */
  SelectedRepresentation resolve(Map<String, String> variables) throws Exception;
}
