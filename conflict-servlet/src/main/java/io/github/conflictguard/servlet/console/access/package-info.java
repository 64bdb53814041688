/**
 * Decides who may see the monitor and who may change something by it. Start at {@link
 * io.github.conflictguard.servlet.console.access.AccessControl}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.console.access;
