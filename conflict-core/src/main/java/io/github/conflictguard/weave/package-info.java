/**
 * Adds the guard to compiled classes with Byte Buddy; not needed at run time. Start at {@link
 * io.github.conflictguard.weave.ConflictGuardPlugin} for builds, and at {@link
 * io.github.conflictguard.weave.Weaver} for the weave function.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.weave;
