/**
 * Classifies throwables: finds the kind of conflict that an exception and its causes report. Start
 * at {@link io.github.conflictguard.classify.ConflictClassifiers}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.classify;
