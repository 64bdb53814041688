/**
 * Protection against writes of other nodes: counters that all nodes share, and writes whose commits
 * are checked against them. Start at {@link io.github.conflictguard.servlet.fence.SharedCounters}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.fence;
