/**
 * For Apache HttpClient 4.5, which is an optional dependency: {@link
 * io.github.conflictguard.client.apache4.ApacheTransport}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.client.apache4;
