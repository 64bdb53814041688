/**
 * Counters of writes that all nodes of a cluster share, and the check of them in the transactions
 * of the application. Start at {@link io.github.conflictguard.store.FencedWrite}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.store;
