/**
 * For programs that call an application behind the filter: reads what a refused request means, and
 * repeats, waits or applies a change again where that is safe. Start at {@link
 * io.github.conflictguard.client.ConditionalClient}, or at {@link
 * io.github.conflictguard.client.ConflictAdvice} to keep an HTTP client of your own.
 *
 * <p>Needs nothing but the JDK. What is specific to an HTTP client is in the packages below, each
 * of which needs that client only.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.client;
