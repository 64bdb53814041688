/**
 * The monitor: pages below {@code /conflict-guard/} of the web application. Start at {@link
 * io.github.conflictguard.servlet.console.Console}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.console;
