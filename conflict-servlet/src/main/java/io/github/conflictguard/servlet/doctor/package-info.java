/**
 * Looks for what keeps the guard from its work in the surroundings of the filter. Start at {@link
 * io.github.conflictguard.servlet.doctor.Doctor}.
 *
 * <p>Not for applications: public only where the neighbouring packages and JMX need it. Parameters
 * and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.doctor;
