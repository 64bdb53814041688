/**
 * For OkHttp 4.12 and 5, which is an optional dependency: {@link
 * io.github.conflictguard.client.okhttp.OkHttpTransport}, or {@link
 * io.github.conflictguard.client.okhttp.ConflictInterceptor} for code that calls it itself.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.client.okhttp;
