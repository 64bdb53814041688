/**
 * From a throwable to the kind of conflict that it reports. Start at {@link
 * io.github.conflictguard.conflict.ConflictClassifiers}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.conflict;
