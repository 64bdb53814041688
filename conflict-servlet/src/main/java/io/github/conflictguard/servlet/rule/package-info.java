/**
 * Rules, and the resources to which requests refer. Start at {@link
 * io.github.conflictguard.servlet.rule.Rules}.
 *
 * <p>Not for applications: public only where the neighbouring packages need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.rule;
