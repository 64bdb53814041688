/**
 * For OkHttp 4.12 and 5, which is an optional dependency: {@link
 * io.github.conflictguard.client.okhttp.OkHttpTransport}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.client.okhttp;
