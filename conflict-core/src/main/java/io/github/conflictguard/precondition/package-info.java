/**
 * Evaluates the preconditions of requests (RFC 9110, section 13). Start at {@link
 * io.github.conflictguard.precondition.PreconditionEvaluator}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.precondition;
