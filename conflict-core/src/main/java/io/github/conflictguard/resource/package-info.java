/**
 * Resources that requests change, and the locks that serialize changes of one resource. Start at
 * {@link io.github.conflictguard.resource.ResourceLocks}.
 *
 * <p>A lock is held from the check of a precondition to the end of the work that depends on it.
 * Three mechanisms prevent one holder from blocking all others: the number of waiting threads is
 * limited ({@link io.github.conflictguard.resource.WaiterLimit}), a holder that waits for its
 * client gives way ({@link io.github.conflictguard.resource.Hold#pause}), and a holder that may
 * never end has a time limit ({@link io.github.conflictguard.resource.Hold#limit}). Waiting threads
 * take the lock away themselves, so that no watchdog thread is needed.
 *
 * <p>A write is counted in {@link io.github.conflictguard.resource.WriteCounters} unless it is
 * certain that no change was stored. This is decided by the caller.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.resource;
