/**
 * The things that requests change, and the locks that keep two changes of one thing apart. Start at
 * {@link io.github.conflictguard.resource.ResourceLocks}.
 *
 * <p>A lock is held from the check of a precondition to the end of the work that depends on it.
 * Three things keep one holder from stopping all others: only a limited number waits ({@link
 * io.github.conflictguard.resource.WaiterLimit}), a holder that waits for its client gives way
 * ({@link io.github.conflictguard.resource.Hold#pause}), and one that may never end has a limit
 * ({@link io.github.conflictguard.resource.Hold#limit}). A lock is taken away by those that wait
 * for it, so that no thread has to watch.
 *
 * <p>A write counts in {@link io.github.conflictguard.resource.WriteCounters} unless it is certain
 * that nothing was stored. What is certain is decided by the caller.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.resource;
