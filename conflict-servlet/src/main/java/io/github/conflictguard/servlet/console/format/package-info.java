/**
 * The tables of the monitor, and their forms for programs: JSON, CSV and the text format of
 * Prometheus. Start at {@link io.github.conflictguard.servlet.console.format.Table}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.console.format;
