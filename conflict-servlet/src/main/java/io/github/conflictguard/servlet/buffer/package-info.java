/**
 * Buffers the response of the application, so that a header can still be added or the response
 * replaced. Start at {@link io.github.conflictguard.servlet.buffer.BufferedResponse}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.buffer;
