/**
 * Request and response while the filter watches them. Start at {@link
 * io.github.conflictguard.servlet.exchange.BufferedResponse}.
 *
 * <p>Not for applications: public only where the neighbouring packages need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.exchange;
