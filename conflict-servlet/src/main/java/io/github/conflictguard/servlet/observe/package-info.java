/**
 * Implements mode {@code observe}: counts the requests that would be refused, and changes nothing.
 * Start at {@link io.github.conflictguard.servlet.observe.ObservedExchanges}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.observe;
