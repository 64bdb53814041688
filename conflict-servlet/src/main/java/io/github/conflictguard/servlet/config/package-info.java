/**
 * The settings of the filter, and where they come from. Start at {@link
 * io.github.conflictguard.servlet.config.FilterSettings}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.config;
