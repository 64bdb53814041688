/**
 * Conflicts as they happen, for those who watch an application. Start at {@link
 * io.github.conflictguard.event.ConflictListener}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.event;
