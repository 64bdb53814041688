/**
 * Advice from what was recorded: evidence, cure, effect and price. Start at {@link
 * io.github.conflictguard.servlet.advice.Advisor}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.advice;
