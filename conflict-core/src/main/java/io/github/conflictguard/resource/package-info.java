/**
 * The things that requests change, and the locks that keep two changes of one thing apart. Start at
 * {@link io.github.conflictguard.resource.ResourceLocks}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.resource;
