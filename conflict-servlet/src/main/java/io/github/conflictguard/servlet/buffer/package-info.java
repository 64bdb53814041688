/**
 * Buffers of the application's response, so that a header can still be added or the response
 * replaced. Start at {@link io.github.conflictguard.servlet.buffer.BufferedResponse}.
 *
 * <p>Not for applications: public only for other packages of the project. Parameters and results
 * are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.buffer;
