/**
 * The API of guarded code for applications, and the entry points of woven code. Start at {@link
 * io.github.conflictguard.guard.ConflictGuarded}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.guard;
