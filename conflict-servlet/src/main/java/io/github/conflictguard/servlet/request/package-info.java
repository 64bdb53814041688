/**
 * Requests as passed to the application: without headers that the filter has evaluated, and with
 * the reads of the body recorded. Start at {@link
 * io.github.conflictguard.servlet.request.HeaderFilteringRequest}.
 *
 * <p>Not for applications: public only for other packages of the project. Parameters and results
 * are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.request;
