/**
 * Finds conditions outside of the filter that prevent it from working. Start at {@link
 * io.github.conflictguard.servlet.doctor.Doctor}.
 *
 * <p>Not for applications: public only where the neighbouring packages and JMX need it. Parameters
 * and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.doctor;
