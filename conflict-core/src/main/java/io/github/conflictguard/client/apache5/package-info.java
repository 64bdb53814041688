/**
 * For Apache HttpClient 5, which is an optional dependency: {@link
 * io.github.conflictguard.client.apache5.ApacheTransport}, or {@link
 * io.github.conflictguard.client.apache5.ConflictHandler} for code that calls it itself.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.client.apache5;
