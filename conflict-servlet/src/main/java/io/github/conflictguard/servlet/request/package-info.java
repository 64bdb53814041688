/**
 * Requests as the application sees them: without headers that the filter has evaluated, and with
 * the reads of the body reported. Start at {@link
 * io.github.conflictguard.servlet.request.HidingRequest}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.request;
