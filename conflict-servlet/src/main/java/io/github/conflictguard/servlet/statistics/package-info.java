/**
 * Counts in bounded memory: the most frequent names, and counts over time. Start at {@link
 * io.github.conflictguard.servlet.statistics.HourlyTop}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.statistics;
