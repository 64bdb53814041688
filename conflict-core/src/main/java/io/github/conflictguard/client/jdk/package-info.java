/**
 * Transports for the two clients of the JDK: {@link
 * io.github.conflictguard.client.jdk.HttpUrlConnectionTransport} for {@code HttpURLConnection} and
 * {@link io.github.conflictguard.client.jdk.JavaHttpTransport} for {@code java.net.http}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.client.jdk;
