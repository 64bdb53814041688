/**
 * The parts of which the pages of the monitor consist. Start at {@link
 * io.github.conflictguard.servlet.console.section.Section}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.console.section;
