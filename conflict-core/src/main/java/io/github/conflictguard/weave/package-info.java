/**
 * Puts the guard into compiled classes. The only package that uses Byte Buddy; nothing in it is
 * needed at run time. Start at {@link io.github.conflictguard.weave.ConflictGuardPlugin}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.weave;
