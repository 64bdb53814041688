/**
 * Problem details for HTTP (RFC 9457): the content of a response about a conflict. Start at {@link
 * io.github.conflictguard.problem.ProblemDetail}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.problem;
