/**
 * Events for conflicts, retries and recoveries, for the monitoring of an application. Start at
 * {@link io.github.conflictguard.event.ConflictListener}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.event;
