/**
 * The vocabulary of conflicts: kinds, detected conflicts, and the interface of classifiers. Start
 * at {@link io.github.conflictguard.conflict.ConflictKind}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.conflict;
