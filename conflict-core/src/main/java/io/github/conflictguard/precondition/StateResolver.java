package io.github.conflictguard.precondition;

import java.util.Map;

/**
 * Implemented by an adopter who knows better than the toolkit what the current state of a resource
 * is. A rule names the class, which has a public constructor without parameters.
 *
 * <p>Called for every request that the rule applies to, by many threads at once: for a read before
 * the application runs, for a write under the lock of the resource.
 */
@FunctionalInterface
public interface StateResolver {

  /**
   * Says what is there now.
   *
   * @param variables what the rule's pattern captured of the request, by name. Unmodifiable
   * @return the state; its entity tag has to differ from every earlier one of the same resource
   *     whenever anything changed. A weak tag never satisfies {@code If-Match}
   * @throws Exception when it cannot be found out; writes with a precondition are refused then, and
   *     the log has the exception
   */
  SelectedRepresentation resolve(Map<String, String> variables) throws Exception;
}
