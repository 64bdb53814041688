/**
 * Events, counters, and the control of a running filter by JMX. Start at {@link
 * io.github.conflictguard.servlet.monitor.ConflictFilterMXBean}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.monitor;
