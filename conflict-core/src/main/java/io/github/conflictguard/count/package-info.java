/**
 * Counters of guarded methods. Start at {@link io.github.conflictguard.count.RetryCounts}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.count;
