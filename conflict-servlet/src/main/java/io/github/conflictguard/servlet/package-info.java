/**
 * The filter and its initializer. Start at {@link io.github.conflictguard.servlet.ConflictFilter}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet;
