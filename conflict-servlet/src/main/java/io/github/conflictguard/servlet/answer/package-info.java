/**
 * Writes the responses that the filter itself sends: problem details, error pages and the conflict
 * page. Start at {@link io.github.conflictguard.servlet.answer.Answers}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.answer;
