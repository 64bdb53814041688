/**
 * What applications and woven code use. Start at {@link
 * io.github.conflictguard.guard.ConflictGuarded}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.guard;
