/**
 * The internal GET: a request to the application for the current representation, within the server.
 * Start at {@link io.github.conflictguard.servlet.probe.ProbeRequest}.
 *
 * <p>Not for applications: public only for other packages of the project. Parameters and results
 * are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.probe;
