/**
 * The pages of the monitor, each of which shows a part of what the filter has recorded. Start at
 * {@link io.github.conflictguard.servlet.console.pages.Pages}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.console.pages;
