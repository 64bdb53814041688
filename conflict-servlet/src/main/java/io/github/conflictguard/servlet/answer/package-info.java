/**
 * What the filter itself sends to clients. Start at {@link
 * io.github.conflictguard.servlet.answer.Answers}.
 *
 * <p>Not for applications: public only where the neighbouring packages need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.answer;
