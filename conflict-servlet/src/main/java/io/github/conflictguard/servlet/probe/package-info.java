/**
 * The internal GET: asks the application for the current representation, inside the server. Start
 * at {@link io.github.conflictguard.servlet.probe.ProbeRequest}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.probe;
