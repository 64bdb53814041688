/**
 * Events for Java Flight Recorder, where it exists. Start at {@link
 * io.github.conflictguard.servlet.jfr.FlightEvents}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.jfr;
